package io.creditrefresh.local.stack;

import io.creditrefresh.ledger.clock.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * The values of the simulated clock that every process of a run is given, so that all show the same time.
 *
 * @param startedAt real instant at which the clock leaves {@code origin}
 * @param speed simulated seconds per real second, more than 0
 * @param until simulated instant from which it runs at normal speed
 */
public record DayClock(Instant startedAt, Instant origin, double speed, Instant until) {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration FAR_AWAY = Duration.ofDays(36_500);

    /** Shows {@code instant} for the next hundred years. */
    public static DayClock standingAt(Instant instant) {
        return new DayClock(instant.plus(FAR_AWAY), instant, 1, instant.plus(DAY));
    }

    /** Runs through the 24 hours after {@code origin} at a speed, then goes on at normal speed. */
    public static DayClock dayFrom(Instant origin, Instant startedAt, double speed) {
        return new DayClock(startedAt, origin, speed, origin.plus(DAY));
    }

    public InstantSource on(InstantSource real) {
        return new SimulatedClock(real, startedAt, origin, speed, until);
    }

    /** The same clock for a process, as environment variables. */
    public Map<String, String> environment() {
        return Map.of(
                "CREDITS_CLOCK_STARTED_AT", startedAt.toString(),
                "CREDITS_CLOCK_ORIGIN", origin.toString(),
                "CREDITS_CLOCK_SPEED", Double.toString(speed),
                "CREDITS_CLOCK_UNTIL", until.toString());
    }
}
