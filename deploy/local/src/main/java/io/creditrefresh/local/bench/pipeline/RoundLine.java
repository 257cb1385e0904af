package io.creditrefresh.local.bench.pipeline;

import io.creditrefresh.local.bench.round.Round;
import java.util.Locale;

/**
 * What is shown of a round when it is over.
 *
 * @param number from 1
 * @param what kind of round
 * @param loadBefore load of the machine as it began
 */
record RoundLine(int number, String what, Round round, double loadBefore) {

    String text() {
        return String.format(
                Locale.ROOT,
                "  round %d  %-20s %,10d due %,9.0f/s %7.1f µs of CPU each (%s)   load before %.1f",
                number,
                what,
                round.refreshes(),
                round.perSecond(),
                round.micros(),
                CpuParts.text(round.microsByPart()),
                loadBefore);
    }
}
