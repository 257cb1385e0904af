package io.creditrefresh.local.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {

    private static final String LOG = """
            [0.011s][info][gc] Using G1
            [3.104s][info][gc] GC(4) Pause Young (Normal) (G1 Evacuation Pause) 76M->31M(180M) 4.418ms
            2026-11-27 05:48:00,123 INFO  [io.creditrefresh] 99M->98M(256M)
            [3.512s][info][gc] GC(5) Pause Full (Diagnostic Command) 45M->22M(96M) 41.004ms
            [3.900s][info][gc] GC(6) Concurrent Mark Cycle
            [3.913s][info][gc] GC(6) Pause Remark 60M->55M(180M) 2.134ms
            [4.104s][info][gc] GC(7) Pause Full (Diagnostic Command) 48M->24M(96M) 40.1ms
            [5.000s][info][gc] GC(8) Pause Young (Concurrent Start) (G1 Humongous Allocation) 70M->33M(180M) 4.4ms
            """;

    @Test
    void isTheMostThatACollectionHasLeft() {
        assertThat(Memory.peak(LOG)).isEqualTo(55);
        assertThat(Memory.peak("[0.011s][info][gc] Using G1\n")).isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void countsFromTheBeginningOfTheWatch(@TempDir Path directory) throws IOException {
        var log = directory.resolve("worker-1.log");
        Files.writeString(log, LOG);
        var memory = Memory.watch(ProcessHandle.current().pid(), log);
        Files.writeString(
                log,
                "[6.000s][info][gc] GC(9) Pause Young (Normal) (G1 Evacuation Pause) 76M->21M(180M) 4.418ms\n",
                StandardOpenOption.APPEND);

        var peak = memory.peak(new Collecting(List.of()));

        assertThat(peak.heap()).isEqualTo(21);
        assertThat(peak.needed()).isZero();
        assertThat(peak.resident()).isPositive();
    }

    @Test
    void knowsTheLargestResidentSize() {
        assertThat(Memory.resident("VmPeak:\t  9000 kB\nVmHWM:\t  250880 kB\nVmRSS:\t  1000 kB\n"))
                .isEqualTo(245);
        assertThatThrownBy(() -> Memory.resident("Name:\tjava\n")).isInstanceOf(IllegalStateException.class);
    }
}
