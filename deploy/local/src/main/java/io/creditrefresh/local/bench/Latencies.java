package io.creditrefresh.local.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;

/** How long the answers of one endpoint took. */
final class Latencies {

    private final long[] nanos;
    private final Duration time;

    private Latencies(long[] nanos, Duration time) {
        this.nanos = nanos;
        this.time = time;
    }

    /**
     * Puts together what several clients have seen.
     *
     * @param nanos of each answer, by client
     * @param time for which they asked
     */
    static Latencies of(Collection<long[]> nanos, Duration time) {
        var sorted = nanos.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no answer within " + time);
        }
        return new Latencies(sorted, time);
    }

    int count() {
        return nanos.length;
    }

    double perSecond() {
        return nanos.length / (time.toNanos() / 1e9);
    }

    /** The time within which {@code percent} of all answers came, 0 to 100. */
    Duration percentile(double percent) {
        var rank = (int) Math.ceil(nanos.length * percent / 100);
        return Duration.ofNanos(nanos[Math.max(1, rank) - 1]);
    }

    Duration max() {
        return Duration.ofNanos(nanos[nanos.length - 1]);
    }
}
