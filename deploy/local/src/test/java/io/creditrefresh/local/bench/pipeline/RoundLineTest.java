package io.creditrefresh.local.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.local.bench.round.Round;
import io.creditrefresh.local.bench.round.Written;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundLineTest {

    @Test
    void saysWhereTheTimeWent() {
        Round round = new Round(
                200_000,
                Duration.ofSeconds(8),
                Map.of(
                        "Postgres",
                        Duration.ofSeconds(5),
                        "worker",
                        Duration.ofSeconds(3),
                        "planner",
                        Duration.ofSeconds(1),
                        "broker",
                        Duration.ofMillis(1)),
                Map.of(),
                new Written(1, 400_000, 200_000, 200_000),
                Map.of());

        assertThat(new RoundLine(2, "pipeline, 1 worker", round, 1.25).text())
                .isEqualTo("  round 2  pipeline, 1 worker      200,000 due    25,000/s    45.0 µs of CPU each"
                        + " (Postgres 25.0, worker 15.0, planner 5.0)   load before 1.3");
    }
}
