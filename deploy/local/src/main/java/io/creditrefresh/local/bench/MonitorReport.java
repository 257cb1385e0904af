package io.creditrefresh.local.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured of an operator's view, beside what it must reach.
 *
 * @param answers by path
 * @param refreshed accounts that were refreshed meanwhile
 */
record MonitorReport(Map<String, Latencies> answers, SnapshotTimes snapshots, long refreshed) {

    static final Duration ANSWER_LIMIT = Duration.ofMillis(200);
    static final Duration SNAPSHOT_LIMIT = Duration.ofSeconds(1);

    List<String> lines() {
        var lines = new ArrayList<String>();
        answers.forEach((path, latencies) -> lines.add(String.format(
                Locale.ROOT,
                "%-44s %,9d answers %,9.1f/s   p50 %6.1f ms   p99 %6.1f ms (limit %d)   max %6.1f ms",
                path,
                latencies.count(),
                latencies.perSecond(),
                ms(latencies.percentile(50)),
                ms(latencies.percentile(99)),
                ANSWER_LIMIT.toMillis(),
                ms(latencies.max()))));
        lines.add(String.format(
                Locale.ROOT,
                "%-44s %,9d taken   %11s   p50 %6.1f ms   max %6.1f ms (limit %d)",
                "snapshots of the API",
                snapshots.count(),
                "",
                ms(snapshots.p50()),
                ms(snapshots.max()),
                SNAPSHOT_LIMIT.toMillis()));
        lines.add(String.format(Locale.ROOT, "%-44s %,9d accounts", "refreshed meanwhile", refreshed));
        return lines;
    }

    /** What was not reached, a line each. */
    List<String> missed() {
        var missed = new ArrayList<String>();
        answers.forEach((path, latencies) -> {
            if (latencies.percentile(99).compareTo(ANSWER_LIMIT) >= 0) {
                missed.add("%s: p99 is not below %d ms".formatted(path, ANSWER_LIMIT.toMillis()));
            }
        });
        if (snapshots.max().compareTo(SNAPSHOT_LIMIT) >= 0) {
            missed.add("a snapshot took %d ms or longer".formatted(SNAPSHOT_LIMIT.toMillis()));
        }
        if (refreshed == 0) {
            missed.add("no run was under way");
        }
        return missed;
    }

    private static double ms(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
