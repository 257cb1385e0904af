package io.creditrefresh.api.control;

import io.creditrefresh.ledger.command.Switches;
import io.creditrefresh.ledger.control.Controls;
import io.creditrefresh.ledger.control.Subject;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Has this instance know within a second what operators stop at another one. */
@Singleton
class ControlReading {

    private static final Logger LOG = Logger.getLogger(ControlReading.class);

    private final Switches switches;

    /** Null until it has been read. */
    private volatile @Nullable Controls newest;

    ControlReading(Switches switches, MeterRegistry registry) {
        this.switches = switches;
        Gauge.builder("credit.spending.stopped", this, ControlReading::spendingStopped)
                .description("1 while an operator has stopped spending")
                .register(registry);
        Gauge.builder("credit.refresh.paused", this, ControlReading::refreshPaused)
                .description("1 while this instance refreshes nobody by itself")
                .register(registry);
    }

    @Scheduled(every = "1s", delayed = "0s", concurrentExecution = ConcurrentExecution.SKIP)
    void read() {
        try {
            newest = switches.read();
        } catch (SQLException e) {
            LOG.debugf("What operators have stopped is as it was: %s", e.getMessage());
        }
    }

    private double refreshPaused() {
        return newest == null ? Double.NaN : switches.refreshesByItself() ? 0 : 1;
    }

    private double spendingStopped() {
        Controls last = newest;
        return last == null ? Double.NaN : last.isStopped(Subject.SPENDING) ? 1 : 0;
    }
}
