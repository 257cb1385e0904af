package io.creditrefresh.local.bench;

import java.time.Duration;
import java.util.List;

/**
 * How long the API took for its snapshots, as its metrics tell: the newest two minutes of them.
 *
 * @param count all since its start
 */
record SnapshotTimes(long count, Duration p50, Duration max) {

    private static final String METRIC = "credit_refresh_snapshot_seconds";

    /** Reads them from the lines of {@code /q/metrics}. */
    static SnapshotTimes parse(String metrics) {
        var lines = metrics.lines().filter(line -> line.startsWith(METRIC)).toList();
        return new SnapshotTimes(
                (long) value(lines, METRIC + "_count", ""),
                seconds(value(lines, METRIC, "quantile=\"0.5\"")),
                seconds(value(lines, METRIC + "_max", "")));
    }

    /** The same with the longest one of an earlier look, which the metric forgets. */
    SnapshotTimes after(SnapshotTimes earlier) {
        return new SnapshotTimes(count, p50, max.compareTo(earlier.max) < 0 ? earlier.max : max);
    }

    private static double value(List<String> lines, String name, String tag) {
        return lines.stream()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> line.contains(tag))
                .findFirst()
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .orElseThrow(() -> new IllegalStateException("the API has no metric %s %s".formatted(name, tag)));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
