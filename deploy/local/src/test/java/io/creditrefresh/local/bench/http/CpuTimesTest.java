package io.creditrefresh.local.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.local.bench.http.CpuTimes.Used;
import org.junit.jupiter.api.Test;

class CpuTimesTest {

    @Test
    void areReadFromTheLineOfAProcessWhateverItsName() {
        var line = "4008 (a ) b (c) S 1 4008 4008 0 -1 4194560 1 2 3 4 125 75 1000 500 20 0 60 0 1234 0 0\n";

        assertThat(Used.parse(line)).isEqualTo(new Used(2_000_000, 15_000_000));
    }

    @Test
    void areTheDifferenceOfTwoLooks() {
        var later = new CpuTimes(700, 90, 12);
        var earlier = new CpuTimes(500, 60, 10);

        assertThat(later.since(earlier)).isEqualTo(new CpuTimes(200, 30, 2));
    }

    @Test
    void areNoneOfAProcessThatHasEnded() {
        var times = CpuTimes.now(Long.MAX_VALUE, Long.MAX_VALUE);

        assertThat(times.api()).isZero();
        assertThat(times.postgres()).isZero();
    }
}
