package io.creditrefresh.planner.tick;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.store.PlannerStore;
import io.creditrefresh.planner.jobs.NotAcknowledgedException;
import io.creditrefresh.planner.watch.PlannerMetrics.Reason;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;

/** Emits jobs for failed accounts whose next attempt has come. */
@Singleton
class Retries {

    static final int PAGES_PER_TICK = 100;

    private final DataSource database;
    private final JobEmitter emitter;
    private final Grace grace;
    private final RefreshSettings settings;

    Retries(DataSource database, JobEmitter emitter, Grace grace, RefreshSettings settings) {
        this.database = database;
        this.emitter = emitter;
        this.grace = grace;
        this.settings = settings;
    }

    /** Emits up to 100 pages. The next attempt is moved on before the job is sent: a job that gets lost comes again. */
    Emission emit(Instant now) throws SQLException, NotAcknowledgedException {
        int emitted = 0;
        for (int pages = 0; pages < PAGES_PER_TICK; pages++) {
            if (emitter.isStopping()) {
                return new Emission(emitted, Emission.End.DONE);
            }
            List<RefreshJob> jobs = take(now);
            emitter.emit(jobs, Reason.RETRY);
            emitted += jobs.size();
            if (jobs.size() < settings.batchSize()) {
                return new Emission(emitted, Emission.End.DONE);
            }
        }
        return new Emission(emitted, Emission.End.MORE);
    }

    private List<RefreshJob> take(Instant now) throws SQLException {
        Instant nextTryOfExhausted = now.plus(Duration.ofHours(settings.intervalHours()));
        try (Connection connection = database.getConnection()) {
            return PlannerStore.takeRetries(
                    connection, now, grace.endFrom(now), nextTryOfExhausted, settings.batchSize());
        }
    }
}
