package io.creditrefresh.api;

import io.creditrefresh.ledger.settings.ClockSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** Says with which settings the API runs. */
final class StartupLog {

    private static final Logger LOG = Logger.getLogger(StartupLog.class);

    void started(@Observes StartupEvent event, ClockSettings clock, InstantSource time) {
        LOG.infof(
                "[CreditRefresh] Service started: credit-api, clock %s at %s",
                clock.isSimulated() ? "simulated" : "real", time.instant());
    }
}
