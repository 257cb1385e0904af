package io.creditrefresh.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

    private static final Duration TIME = Duration.ofSeconds(4);

    @Test
    void areThoseOfAllClientsTogether() {
        var odd = LongStream.rangeClosed(1, 200).filter(n -> n % 2 == 1).toArray();
        var even = LongStream.rangeClosed(1, 200).filter(n -> n % 2 == 0).toArray();

        var latencies = Latencies.of(List.of(odd, even), TIME);

        assertThat(latencies.count()).isEqualTo(200);
        assertThat(latencies.perSecond()).isEqualTo(50);
        assertThat(latencies.percentile(50)).isEqualTo(Duration.ofNanos(100));
        assertThat(latencies.percentile(99)).isEqualTo(Duration.ofNanos(198));
        assertThat(latencies.max()).isEqualTo(Duration.ofNanos(200));
    }

    @Test
    void countTheOnlyAnswerForEveryPart() {
        var latencies = Latencies.of(List.of(new long[] {7}, new long[0]), TIME);

        assertThat(latencies.percentile(0)).isEqualTo(Duration.ofNanos(7));
        assertThat(latencies.percentile(99)).isEqualTo(Duration.ofNanos(7));
    }

    @Test
    void needAnAnswer() {
        assertThatThrownBy(() -> Latencies.of(List.of(new long[0]), TIME))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no answer within PT4S");
    }
}
