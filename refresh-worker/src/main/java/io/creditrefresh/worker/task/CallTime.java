package io.creditrefresh.worker.task;

import java.time.Instant;
import java.time.InstantSource;

/** When a call began and how long it has been going on. */
final class CallTime {

    private final InstantSource clock;
    private final Instant started;
    private final long startedNanos = System.nanoTime();

    private CallTime(InstantSource clock) {
        this.clock = clock;
        this.started = clock.instant();
    }

    static CallTime begin(InstantSource clock) {
        return new CallTime(clock);
    }

    /** By the service's clock, as is {@link #now}. */
    Instant started() {
        return started;
    }

    Instant now() {
        return clock.instant();
    }

    /** Real time, ms. */
    long elapsed() {
        return (System.nanoTime() - startedNanos) / 1_000_000;
    }
}
