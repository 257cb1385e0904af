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
        return at(real.instant());
    }

    /** What the clock shows once {@code wait} of real time has passed since it showed {@code simulated}. */
    public Instant plusReal(Instant simulated, Duration wait) {
        return at(realOf(simulated).plus(wait));
    }

    private Instant at(Instant now) {
        if (!now.isAfter(startedAt)) {
            return origin;
        }
        Duration elapsed = Duration.between(startedAt, now);
        Duration fastRun = fastRun();
        return elapsed.compareTo(fastRun) < 0
                ? origin.plus(scaled(elapsed, speed))
                : until.plus(elapsed.minus(fastRun));
    }

    private Instant realOf(Instant simulated) {
        return simulated.isBefore(until)
                ? startedAt.plus(scaled(Duration.between(origin, simulated), 1 / speed))
                : startedAt.plus(fastRun()).plus(Duration.between(until, simulated));
    }

    private Duration fastRun() {
        return scaled(Duration.between(origin, until), 1 / speed);
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofNanos(Math.round(duration.toNanos() * factor));
    }
}
