package io.creditrefresh.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SnapshotTimesTest {

    private static final String METRICS = """
            # HELP credit_refresh_snapshot_seconds Taking one snapshot of how refreshing stands
            # TYPE credit_refresh_snapshot_seconds summary
            credit_refresh_snapshot_seconds{quantile="0.5",} 0.0125
            credit_refresh_snapshot_seconds_count 17
            credit_refresh_snapshot_seconds_sum 0.31
            # TYPE credit_refresh_snapshot_seconds_max gauge
            credit_refresh_snapshot_seconds_max 0.075
            credit_refresh_snapshots_total 3.0
            """;

    @Test
    void areReadFromTheMetrics() {
        var times = SnapshotTimes.parse(METRICS);

        assertThat(times).isEqualTo(new SnapshotTimes(17, Duration.ofNanos(12_500_000), Duration.ofMillis(75)));
    }

    @Test
    void areReadWhateverOtherTagsTheMetricsHave() {
        var tagged = METRICS.replace("{quantile", "{application=\"api\",quantile")
                .replace("_count", "_count{application=\"api\"}")
                .replace("_max ", "_max{application=\"api\"} ");

        assertThat(SnapshotTimes.parse(tagged)).isEqualTo(SnapshotTimes.parse(METRICS));
    }

    @Test
    void keepTheLongestOfEarlierLooks() {
        var earlier = new SnapshotTimes(9, Duration.ofMillis(30), Duration.ofMillis(80));
        var later = new SnapshotTimes(17, Duration.ofMillis(10), Duration.ofMillis(20));

        assertThat(later.after(earlier)).isEqualTo(new SnapshotTimes(17, Duration.ofMillis(10), Duration.ofMillis(80)));
        assertThat(earlier.after(later)).isEqualTo(earlier);
    }

    @Test
    void areNotMadeUp() {
        assertThatThrownBy(() -> SnapshotTimes.parse("up 1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the API has no metric credit_refresh_snapshot_seconds_count");
    }
}
