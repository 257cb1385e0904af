package io.creditrefresh.local.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MachineTest {

    @Test
    @EnabledOnOs(OS.LINUX)
    void tellsTheLoadOfTheLastMinute() throws IOException {
        assertThat(Machine.parseLoad("1.55 2.63 3.41 3/512 4711\n")).isEqualTo(1.55);
        assertThat(Machine.load()).isNotNegative();
    }
}
