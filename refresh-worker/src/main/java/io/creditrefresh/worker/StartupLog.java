package io.creditrefresh.worker;

import io.creditrefresh.ledger.settings.ClockSettings;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** Says with which settings the worker runs. */
final class StartupLog {

    private static final Logger LOG = Logger.getLogger(StartupLog.class);

    void started(@Observes StartupEvent event, RefreshSettings refresh, ClockSettings clock, InstantSource time) {
        LOG.infof(
                "[CreditRefresh] Service started: refresh-worker, enabled %s, dry run %s, batch size %d, interval %d h,"
                        + " clock %s at %s",
                refresh.enabled(),
                refresh.dryRun(),
                refresh.batchSize(),
                refresh.intervalHours(),
                clock.isSimulated() ? "simulated" : "real",
                time.instant());
    }
}
