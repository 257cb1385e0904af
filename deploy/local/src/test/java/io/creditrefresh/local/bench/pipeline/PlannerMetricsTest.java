package io.creditrefresh.local.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PlannerMetricsTest {

    private static final String METRICS = """
            # TYPE credit_refresh_emitted_total counter
            credit_refresh_emitted_total{reason="bulk"} 0.0
            credit_refresh_emitted_total{reason="due"} 1003.0
            # TYPE credit_refresh_tick_seconds histogram
            credit_refresh_tick_seconds_bucket{le="0.025"} 3
            credit_refresh_tick_seconds_count 4
            credit_refresh_tick_seconds_sum 0.125
            """;

    @Test
    void areReadFromTheText() {
        assertThat(PlannerMetrics.parse(METRICS)).isEqualTo(new PlannerMetrics(4, 0.125, 1003));
    }

    @Test
    void areNotMadeUp() {
        assertThatThrownBy(() -> PlannerMetrics.parse("up 1"))
                .hasMessageStartingWith("the planner has no metric credit_refresh_tick_seconds_count");
    }
}
