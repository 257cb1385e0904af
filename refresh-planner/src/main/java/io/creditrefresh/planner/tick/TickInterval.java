package io.creditrefresh.planner.tick;

import io.creditrefresh.ledger.settings.ClockSettings;
import io.creditrefresh.ledger.settings.RefreshSettings;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Real time between two ticks: shorter while the service's clock runs fast, and at least the scheduler's second. */
@Singleton
class TickInterval {

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private final Duration real;

    TickInterval(RefreshSettings settings, ClockSettings clock) {
        Duration scaled = Duration.ofMillis(Math.round(settings.tick().toMillis() / clock.speed()));
        this.real = scaled.compareTo(SHORTEST) < 0 ? SHORTEST : scaled;
    }

    Duration real() {
        return real;
    }
}
