package io.creditrefresh.planner.watch;

import java.time.Duration;

/** Elapsed real time, whatever the speed of the service's clock: for durations, timeouts and liveness only. */
public final class Stopwatch {

    private volatile long startedNanos;

    private Stopwatch(long startedNanos) {
        this.startedNanos = startedNanos;
    }

    public static Stopwatch started() {
        return new Stopwatch(System.nanoTime());
    }

    public void restart() {
        startedNanos = System.nanoTime();
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }
}
