package io.creditrefresh.local.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessStatTest {

    private static final long NO_PID = Integer.MAX_VALUE;

    @Test
    void isReadWhateverTheNameOfTheProcess() {
        var stat = "4711 (a (b) c) S 17 4711 4711 0 -1 4194560 2222 33 0 0 123 45 678 9 20 0 38 0 12345 1 2 3";

        assertThat(ProcessStat.parse(stat))
                .isEqualTo(new ProcessStat(17, Duration.ofMillis(1_680), Duration.ofMillis(6_870)));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void knowsThisProcess() {
        var before = CpuTime.ofThisProcess();

        assertThat(CpuTime.ofTree(ProcessHandle.current().pid())).isGreaterThanOrEqualTo(before);
        assertThat(before).isPositive();
    }

    @Test
    void knowsNothingOfAProcessThatIsNotThere() {
        assertThat(ProcessStat.of(NO_PID)).isEmpty();
        assertThatThrownBy(() -> CpuTime.of(NO_PID)).hasMessage("there is no process 2147483647, or no /proc");
    }
}
