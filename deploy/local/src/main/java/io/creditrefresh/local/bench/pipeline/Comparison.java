package io.creditrefresh.local.bench.pipeline;

import io.creditrefresh.local.bench.round.Round;
import io.creditrefresh.local.bench.round.Rounds;
import java.util.List;
import java.util.stream.Stream;

/**
 * The plain statement and the product on the same accounts.
 *
 * @param pipeline by number of workers, the fewest first
 */
record Comparison(Rounds plain, List<Rounds> pipeline) {

    private static final double ABOUT = 0.95;

    /**
     * The product with the number of workers that is worth it: the fewest that are about as fast as the fastest. Whether
     * more are a little faster would change from run to run, and with it the CPU time by a lot.
     */
    Rounds best() {
        var fastest = pipeline.stream().mapToDouble(Comparison::rate).max().orElseThrow();
        return pipeline.stream()
                .filter(rounds -> rate(rounds) >= ABOUT * fastest)
                .findFirst()
                .orElseThrow();
    }

    double rateToPlain() {
        return rate(best()) / rate(plain);
    }

    double cpuToPlain() {
        return best().median(Round::micros) / plain.median(Round::micros);
    }

    Stream<Rounds> all() {
        return Stream.concat(Stream.of(plain), pipeline.stream());
    }

    private static double rate(Rounds rounds) {
        return rounds.median(Round::perSecond);
    }
}
