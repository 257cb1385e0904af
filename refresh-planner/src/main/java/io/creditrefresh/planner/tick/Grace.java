package io.creditrefresh.planner.tick;

import io.creditrefresh.ledger.settings.ClockSettings;
import io.creditrefresh.ledger.settings.RefreshSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long an emitted job may be under way before it counts as lost: the configured time by the service's clock, and at
 * least 60 s of real time, also when the clock runs fast or has done so until a moment ago.
 */
@Singleton
public class Grace {

    static final Duration SHORTEST_REAL = Duration.ofSeconds(60);

    private final Duration configured;
    private final double speed;
    private final Optional<Instant> fastUntil;

    @Inject
    Grace(RefreshSettings settings, ClockSettings clock) {
        this(settings.grace(), clock.speed(), clock.until());
    }

    Grace(Duration configured, double speed, Optional<Instant> fastUntil) {
        this.configured = configured;
        this.speed = speed;
        this.fastUntil = fastUntil;
    }

    /** Whether all of it has passed between two instants of the service's clock. */
    boolean isOver(Instant since, Instant now) {
        return Duration.between(since, now).compareTo(configured) >= 0
                && realBetween(since, now).compareTo(SHORTEST_REAL) >= 0;
    }

    /** The instant of the service's clock at which all of it will have passed. */
    Instant endFrom(Instant now) {
        Instant end = now.plus(configured);
        Instant shortest = shownAfterShortest(now);
        return end.isBefore(shortest) ? shortest : end;
    }

    private Duration realBetween(Instant from, Instant to) {
        Instant change = fastUntil.filter(until -> until.isBefore(to)).orElse(to);
        Instant fastEnd = change.isBefore(from) ? from : change;
        return scaled(Duration.between(from, fastEnd), 1 / speed).plus(Duration.between(fastEnd, to));
    }

    private Instant shownAfterShortest(Instant now) {
        Instant fast = now.plus(scaled(SHORTEST_REAL, speed));
        if (fastUntil.isEmpty() || !fastUntil.get().isBefore(fast)) {
            return fast;
        }
        Instant fastEnd = fastUntil.get().isBefore(now) ? now : fastUntil.get();
        return fastEnd.plus(SHORTEST_REAL).minus(scaled(Duration.between(now, fastEnd), 1 / speed));
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofMillis(Math.round(duration.toMillis() * factor));
    }
}
