package io.creditrefresh.ledger.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that stands still at {@code origin} until the real instant {@code startedAt}, then runs {@code speed} times
 * as fast as real time up to {@code until}, and from there at normal speed. A pure function of real time: all processes
 * with the same settings show the same time.
 */
public final class SimulatedClock implements InstantSource {

    private final InstantSource real;
    private final Instant startedAt;
    private final Instant origin;
    private final double speed;
    private final Instant until;

    /**
     * Makes a clock.
     *
     * @param speed simulated seconds per real second, more than 0
     * @param until when it slows down to normal speed; not before {@code origin}
     */
    public SimulatedClock(InstantSource real, Instant startedAt, Instant origin, double speed, Instant until) {
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new IllegalArgumentException("a clock runs forward: speed " + speed);
        }
        if (until.isBefore(origin)) {
            throw new IllegalArgumentException("a clock ends its fast run after it starts: " + origin + ", " + until);
        }
        this.real = real;
        this.startedAt = startedAt;
        this.origin = origin;
        this.speed = speed;
        this.until = until;
    }

    @Override
    public Instant instant() {
        Instant now = real.instant();
        if (!now.isAfter(startedAt)) {
            return origin;
        }
        Duration elapsed = Duration.between(startedAt, now);
        Duration fastRun = scaled(Duration.between(origin, until), 1 / speed);
        return elapsed.compareTo(fastRun) < 0
                ? origin.plus(scaled(elapsed, speed))
                : until.plus(elapsed.minus(fastRun));
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofNanos(Math.round(duration.toNanos() * factor));
    }
}
