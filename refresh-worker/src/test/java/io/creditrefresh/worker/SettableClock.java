package io.creditrefresh.worker;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;

/** The worker's clock in tests: it stands at noon until it is moved. */
@Alternative
@Priority(1)
@Singleton
public class SettableClock implements InstantSource {

    public static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private volatile Instant now = NOON;

    @Override
    public Instant instant() {
        return now;
    }

    public void set(Instant instant) {
        now = instant;
    }
}
