package io.creditrefresh.local.bench;

import java.time.Duration;

/**
 * How long the API took for its snapshots, as its metrics tell: the newest two minutes of them.
 *
 * @param count all since its start
 */
record SnapshotTimes(long count, Duration p50, Duration max) {

    private static final String METRIC = "credit_refresh_snapshot_seconds";

    /** Reads them from the lines of {@code /q/metrics}. */
    static SnapshotTimes parse(String text) {
        var metrics = new Metrics("the API", text);
        return new SnapshotTimes(
                (long) metrics.value(METRIC + "_count", ""),
                seconds(metrics.value(METRIC, "quantile=\"0.5\"")),
                seconds(metrics.value(METRIC + "_max", "")));
    }

    /** The same with the longest one of an earlier look, which the metric forgets. */
    SnapshotTimes after(SnapshotTimes earlier) {
        return new SnapshotTimes(count, p50, max.compareTo(earlier.max) < 0 ? earlier.max : max);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
