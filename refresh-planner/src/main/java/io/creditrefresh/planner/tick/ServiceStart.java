package io.creditrefresh.planner.tick;

import io.creditrefresh.ledger.settings.RefreshSettings;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** Says that the service has started, and with which settings. */
@Singleton
class ServiceStart {

    private static final Logger LOG = Logger.getLogger(ServiceStart.class);

    private final RefreshSettings settings;
    private final TickInterval interval;
    private final InstantSource clock;

    ServiceStart(RefreshSettings settings, TickInterval interval, InstantSource clock) {
        this.settings = settings;
        this.interval = interval;
        this.clock = clock;
    }

    void say(@ObservesAsync HttpServerStart event) {
        LOG.infof(
                "[CreditRefresh] Service started: enabled=%s, dry-run=%s, interval-hours=%d, tick=%s (real %s),"
                        + " grace=%s, batch-size=%d, sweep-lag-limit=%d, clock=%s",
                settings.enabled(),
                settings.dryRun(),
                settings.intervalHours(),
                settings.tick(),
                interval.real(),
                settings.grace(),
                settings.batchSize(),
                settings.sweepLagLimit(),
                clock.instant());
    }
}
