package io.creditrefresh.local.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ShownMetricsTest {

    private static final String CONSUMER_LAG = "reads Selector[metric=credit_refresh_consumer_lag,";

    @Test
    void missesWhatNoServiceShows() {
        assertThat(new ShownMetrics(Map.of("refresh-planner", "# HELP nothing\n")).missing())
                .anySatisfy(missing -> assertThat(missing).contains(CONSUMER_LAG))
                .noneSatisfy(missing -> assertThat(missing).contains("metric=up,"));
    }

    @Test
    void doesNotMissWhatOneShows() {
        assertThat(new ShownMetrics(Map.of("refresh-planner", "credit_refresh_consumer_lag NaN\n")).missing())
                .isNotEmpty()
                .noneSatisfy(missing -> assertThat(missing).contains(CONSUMER_LAG));
    }

    @Test
    void asksTheJobAndTheValuesOfLabels() {
        String shown = "credit_refresh_paused 0.0\ncredit_verification_findings{type=\"v2_variance\",} 0.0\n";

        assertThat(new ShownMetrics(Map.of("refresh-worker", shown)).missing())
                .anySatisfy(missing -> assertThat(missing)
                        .contains("metric=credit_refresh_paused,")
                        .contains("text=refresh-planner"))
                .noneSatisfy(missing -> assertThat(missing)
                        .contains("metric=credit_refresh_paused,")
                        .contains("text=refresh-worker"))
                .anySatisfy(missing -> assertThat(missing)
                        .contains("metric=credit_verification_findings,")
                        .contains("operator=!="));
    }
}
