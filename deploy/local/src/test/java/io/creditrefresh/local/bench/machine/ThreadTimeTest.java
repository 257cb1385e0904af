package io.creditrefresh.local.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThreadTimeTest {

    @ParameterizedTest
    @CsvSource({
        "C2 CompilerThre, C2 CompilerThre",
        "executor-thread-1, executor-thread",
        "G1 Conc#0, G1 Conc",
        "vert.x-eventloo, vert.x-eventloo",
        "data-plane-kafk, data-plane-kafk",
        "GC Thread#12, GC Thread",
    })
    void putsTheThreadsOfAPoolTogether(String name, String pool) {
        assertThat(ThreadTime.name("4711 (" + name + ") S 17 1")).isEqualTo(pool);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void knowsTheThreadsOfThisProcess() throws IOException {
        assertThat(ThreadTime.of(ProcessHandle.current().pid())).isNotEmpty().doesNotContainKey("");
    }
}
