package io.creditrefresh.planner.tick;

import io.creditrefresh.ledger.settings.ClockSettings;
import io.creditrefresh.ledger.settings.RefreshSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/**
 * How long an emitted job may be under way before it counts as lost: the configured time by the service's clock, and at
 * least 60 s of real time, also when the clock runs fast or has done so until a moment ago.
 */
@Singleton
public class Grace {

    static final Duration SHORTEST_REAL = Duration.ofSeconds(60);

    private final Duration configured;
    private final ClockSettings clock;

    @Inject
    Grace(RefreshSettings settings, ClockSettings clock) {
        this(settings.grace(), clock);
    }

    Grace(Duration configured, ClockSettings clock) {
        this.configured = configured;
        this.clock = clock;
    }

    /** Whether all of it has passed between two instants of the service's clock. */
    boolean isOver(Instant since, Instant now) {
        return !now.isBefore(endFrom(since));
    }

    /** The instant of the service's clock at which all of it will have passed. */
    Instant endFrom(Instant since) {
        Instant end = since.plus(configured);
        Instant shortest = clock.plusReal(since, SHORTEST_REAL);
        return end.isBefore(shortest) ? shortest : end;
    }
}
