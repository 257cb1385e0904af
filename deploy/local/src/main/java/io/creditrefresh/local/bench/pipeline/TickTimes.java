package io.creditrefresh.local.bench.pipeline;

import java.time.Duration;
import java.util.Locale;

/**
 * How long a tick takes that finds the same number of due accounts among fewer and among more.
 *
 * @param due so many are found
 */
record TickTimes(int due, int fewer, Duration amongFewer, int more, Duration amongMore) {

    double ratio() {
        return (double) amongMore.toNanos() / amongFewer.toNanos();
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "planner tick that finds %,d due: %.1f ms among %,d accounts, %.1f ms among %,d",
                due,
                ms(amongFewer),
                fewer,
                ms(amongMore),
                more);
    }

    private static double ms(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
