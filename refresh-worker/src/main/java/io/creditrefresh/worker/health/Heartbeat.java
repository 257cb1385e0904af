package io.creditrefresh.worker.health;

import io.creditrefresh.ledger.run.WorkerState;
import io.creditrefresh.ledger.store.WorkerStateStore;
import io.creditrefresh.worker.RefreshSwitch;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Tells every few seconds of real time how this worker is, in a row of its own. On a thread and a connection of its own,
 * and with no consequence when it fails: batches go on.
 */
@Singleton
class Heartbeat {

    private static final Logger LOG = Logger.getLogger(Heartbeat.class);
    private static final Duration KEPT = Duration.ofDays(1);

    /** Nothing that stops waits for the database because of a heartbeat. */
    private static final int AFTER_THE_BATCHES = 10_000;

    private final DataSource database;
    private final WorkerStatus status;
    private final RefreshSwitch refreshing;
    private final String workerId = WorkerId.ofThisProcess();
    private volatile boolean beating;
    private volatile boolean stopping;

    Heartbeat(DataSource database, WorkerStatus status, RefreshSwitch refreshing) {
        this.database = database;
        this.status = status;
        this.refreshing = refreshing;
    }

    @Scheduled(every = "15s", concurrentExecution = ConcurrentExecution.SKIP)
    void beat() {
        if (stopping) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            // While nothing comes from Kafka, nobody else looks at what operators have stopped.
            refreshing.readFrom(connection);
            WorkerState state = status.told(workerId);
            WorkerStateStore.tell(connection, state);
            WorkerStateStore.forgetBefore(connection, state.heartbeatAt().minus(KEPT));
            beating = true;
        } catch (SQLException | RuntimeException e) {
            missed(e);
        }
    }

    /** A worker that stops is not one that is missing. While the database is away, its row stays until it is old. */
    void stop(@Observes @Priority(AFTER_THE_BATCHES) ShutdownEvent event) {
        stopping = true;
        if (!beating) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            WorkerStateStore.remove(connection, workerId);
        } catch (SQLException | RuntimeException e) {
            missed(e);
        }
    }

    /** Said once, not four times a minute for as long as the database is away. */
    private void missed(Exception why) {
        if (beating) {
            LOG.warnf("[CreditRefresh] The worker's state cannot be written: %s", why.getMessage());
        }
        beating = false;
    }
}
