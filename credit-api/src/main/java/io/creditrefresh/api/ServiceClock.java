package io.creditrefresh.api;

import io.creditrefresh.ledger.settings.ClockSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The one clock of this service. */
final class ServiceClock {

    @Produces
    @Singleton
    InstantSource clock(ClockSettings settings) {
        return settings.clock();
    }
}
