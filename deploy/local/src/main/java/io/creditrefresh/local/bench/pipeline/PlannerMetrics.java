package io.creditrefresh.local.bench.pipeline;

/**
 * What the planner's metrics say since its start.
 *
 * @param ticks how many
 * @param tickSeconds how long all of them took
 * @param emitted jobs of accounts whose minute had come
 */
record PlannerMetrics(long ticks, double tickSeconds, long emitted) {

    /** Reads them from the lines of {@code /q/metrics}. */
    static PlannerMetrics parse(String metrics) {
        return new PlannerMetrics(
                (long) value(metrics, "credit_refresh_tick_seconds_count", ""),
                value(metrics, "credit_refresh_tick_seconds_sum", ""),
                (long) value(metrics, "credit_refresh_emitted_total", "reason=\"due\""));
    }

    private static double value(String metrics, String name, String tag) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> line.contains(tag))
                .findFirst()
                .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .orElseThrow(() -> new IllegalStateException("the planner has no metric %s %s".formatted(name, tag)));
    }
}
