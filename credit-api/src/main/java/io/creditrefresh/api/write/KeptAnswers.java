package io.creditrefresh.api.write;

import io.creditrefresh.ledger.store.IdempotencyStore;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Removes the answers of writes that nobody will repeat any more. */
@Singleton
class KeptAnswers {

    /** How long an answer is kept at least. */
    static final Duration KEPT = Duration.ofDays(90);

    private static final Logger LOG = Logger.getLogger(KeptAnswers.class);
    private static final int AT_ONCE = 5_000;

    private final DataSource database;
    private final InstantSource clock;

    KeptAnswers(DataSource database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Scheduled(every = "1h", delayed = "5m", concurrentExecution = ConcurrentExecution.SKIP)
    void forgetOld() {
        try (Connection connection = database.getConnection()) {
            int removed;
            do {
                removed = IdempotencyStore.forget(connection, clock.instant().minus(KEPT), AT_ONCE);
            } while (removed == AT_ONCE);
        } catch (SQLException e) {
            LOG.warnf("Old answers stay for another hour: %s", e.getMessage());
        }
    }
}
