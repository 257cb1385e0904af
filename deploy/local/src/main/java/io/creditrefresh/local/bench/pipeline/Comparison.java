package io.creditrefresh.local.bench.pipeline;

import io.creditrefresh.local.bench.round.Round;
import io.creditrefresh.local.bench.round.Rounds;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The plain statement and the product on the same accounts.
 *
 * @param pipeline by number of workers
 */
record Comparison(Rounds plain, List<Rounds> pipeline) {

    /** The product with the number of workers that was the fastest. */
    Rounds best() {
        return pipeline.stream()
                .max(Comparator.comparingDouble(rounds -> rounds.median(Round::perSecond)))
                .orElseThrow();
    }

    double rateToPlain() {
        return best().median(Round::perSecond) / plain.median(Round::perSecond);
    }

    double cpuToPlain() {
        return best().median(Round::micros) / plain.median(Round::micros);
    }

    Stream<Rounds> all() {
        return Stream.concat(Stream.of(plain), pipeline.stream());
    }
}
