package io.creditrefresh.local.bench.pipeline;

import io.creditrefresh.local.bench.Metrics;

/**
 * What the planner's metrics say since its start.
 *
 * @param ticks how many
 * @param tickSeconds how long all of them took
 * @param emitted jobs of accounts whose minute had come
 */
record PlannerMetrics(long ticks, double tickSeconds, long emitted) {

    private static final String TICKS = "credit_refresh_tick_seconds";

    /** Reads them from the lines of {@code /q/metrics}. */
    static PlannerMetrics parse(String text) {
        var metrics = new Metrics("the planner", text);
        return new PlannerMetrics((long) metrics.value(TICKS + "_count", ""), metrics.value(TICKS + "_sum", ""), (long)
                metrics.value("credit_refresh_emitted_total", "reason=\"due\""));
    }
}
