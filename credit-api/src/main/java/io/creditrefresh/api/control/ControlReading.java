package io.creditrefresh.api.control;

import io.creditrefresh.ledger.command.Switches;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/** Has this instance know within a second what operators stop at another one. */
@Singleton
class ControlReading {

    private static final Logger LOG = Logger.getLogger(ControlReading.class);

    private final Switches switches;

    ControlReading(Switches switches) {
        this.switches = switches;
    }

    @Scheduled(every = "1s", delayed = "0s", concurrentExecution = ConcurrentExecution.SKIP)
    void read() {
        try {
            switches.read();
        } catch (SQLException e) {
            LOG.debugf("What operators have stopped is as it was: %s", e.getMessage());
        }
    }
}
