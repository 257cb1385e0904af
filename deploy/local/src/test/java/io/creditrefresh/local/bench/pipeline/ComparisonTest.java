package io.creditrefresh.local.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.local.bench.round.Round;
import io.creditrefresh.local.bench.round.Rounds;
import io.creditrefresh.local.bench.round.Written;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    void takesTheFewestWorkersThatAreAboutAsFastAsTheFastest() {
        assertThat(compared(38_896, 39_004).best().what()).isEqualTo("1");
        assertThat(compared(39_000, 38_000).best().what()).isEqualTo("1");
        assertThat(compared(30_000, 40_000, 41_000).best().what()).isEqualTo("2");
    }

    @Test
    void comparesWithThePlainStatement() {
        assertThat(compared(60_000, 70_000).rateToPlain()).isEqualTo(1.75);
    }

    /** The plain statement refreshes 40,000 a second. */
    private static Comparison compared(int... byWorkers) {
        var pipeline = new Rounds[byWorkers.length];
        for (int i = 0; i < byWorkers.length; i++) {
            pipeline[i] = rounds(Integer.toString(i + 1), byWorkers[i]);
        }
        return new Comparison(rounds("plain", 40_000), List.of(pipeline));
    }

    private static Rounds rounds(String what, int perSecond) {
        var rounds = new Rounds(what);
        rounds.add(new Round(perSecond, Duration.ofSeconds(1), Map.of(), Map.of(), new Written(0, 0, 0, 0), Map.of()));
        return rounds;
    }
}
