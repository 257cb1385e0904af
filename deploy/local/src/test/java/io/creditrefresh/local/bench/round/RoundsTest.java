package io.creditrefresh.local.bench.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoundsTest {

    @Test
    void sayWhatOneRefreshCosts() {
        var round = round(500, 3_000, 1_000);

        assertThat(round.perSecond()).isEqualTo(1_000);
        assertThat(round.micros()).isEqualTo(8_000);
        assertThat(round.walBytes()).isEqualTo(800);
        assertThat(round.rows()).isEqualTo(2);
        assertThat(round.hot()).isEqualTo(0.75);
    }

    @Test
    void countWithTheMedian() {
        var rounds = new Rounds("pipeline");
        rounds.add(round(500, 3_000, 1_000));
        rounds.add(round(250, 8_000, 2_000));
        rounds.add(round(1_000, 1_000, 9_000));

        assertThat(rounds.median(Round::perSecond)).isEqualTo(1_000);
        assertThat(rounds.microsByProcess()).isEqualTo(Map.of("Postgres", 6_000.0, "worker", 4_000.0));
        assertThat(rounds.microsByThread()).isEqualTo(Map.of("worker/main", 2_000.0));
    }

    /** Of 500 refreshes. */
    private static Round round(int elapsedMs, int postgresMs, int workerMs) {
        return new Round(
                500,
                Duration.ofMillis(elapsedMs),
                Map.of("Postgres", Duration.ofMillis(postgresMs), "worker", Duration.ofMillis(workerMs)),
                Map.of("worker/main", Duration.ofMillis(1_000)),
                new Written(400_000, 1_000, 500, 375),
                Map.of());
    }
}
