package io.creditrefresh.planner.tick;

import io.creditrefresh.ledger.settings.ClockSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The one clock of the service. */
class ServiceClock {

    @Produces
    @Singleton
    InstantSource clock(ClockSettings settings) {
        return settings.clock();
    }
}
