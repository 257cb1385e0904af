package io.creditrefresh.ledger.settings;

import io.creditrefresh.ledger.clock.SimulatedClock;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** The clock of a service; all of it is refused in production. */
@ConfigMapping(prefix = "credits.clock")
public interface ClockSettings {

    /** What the clock shows until it starts; absent: the real time. */
    @WithConverter(Allowed.Moment.class)
    Optional<Instant> origin();

    /** The real instant at which the clock starts to run from its origin; absent: it shows the origin for ever. */
    @WithConverter(Allowed.Moment.class)
    Optional<Instant> startedAt();

    /** Simulated seconds per real second. */
    @WithDefault("1")
    @WithConverter(Allowed.Speed.class)
    double speed();

    /** The simulated instant from which the clock runs at normal speed; absent: it keeps its speed. */
    @WithConverter(Allowed.Moment.class)
    Optional<Instant> until();

    default boolean isSimulated() {
        return origin().isPresent() || startedAt().isPresent() || until().isPresent() || speed() != 1;
    }

    /** The clock that these settings describe. */
    default InstantSource clock() {
        return origin().isEmpty() ? Clock.systemUTC() : simulated(origin().get());
    }

    /** What the clock shows once {@code wait} of real time has passed since it showed {@code since}. */
    default Instant plusReal(Instant since, Duration wait) {
        return origin().isEmpty() ? since.plus(wait) : simulated(origin().get()).plusReal(since, wait);
    }

    private SimulatedClock simulated(Instant origin) {
        Instant farAway = origin.plus(Duration.ofDays(36_500));
        return new SimulatedClock(
                Clock.systemUTC(), startedAt().orElse(farAway), origin, speed(), until().orElse(farAway));
    }
}
