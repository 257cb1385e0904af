package io.creditrefresh.worker.task;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.store.PlannerStore;
import io.creditrefresh.worker.RefreshSwitch;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;

/**
 * Tries failed accounts again whose next attempt has come. They are taken as the planner takes them: two who take at once
 * get different ones, and what a worker does not get to comes again after the grace time.
 */
@Singleton
class DueRetries {

    /** Small, so that little is taken that weather then keeps from being tried, and a limit of time is kept. */
    private static final int TAKEN_AT_ONCE = 100;

    private final DataSource database;
    private final CalledBatches batches;
    private final RefreshSwitch refreshing;
    private final RefreshSettings settings;
    private final InstantSource clock;

    DueRetries(
            DataSource database,
            CalledBatches batches,
            RefreshSwitch refreshing,
            RefreshSettings settings,
            InstantSource clock) {
        this.database = database;
        this.batches = batches;
        this.refreshing = refreshing;
        this.settings = settings;
        this.clock = clock;
    }

    RetryReport apply(RetryRequest request) throws SQLException {
        CallTime time = CallTime.begin(clock);
        Applied applied = Applied.NOTHING;
        boolean hasMore = refreshing.readAnew();
        while (hasMore) {
            int limit = Math.min(TAKEN_AT_ONCE, request.jobs() - applied.processed());
            List<RefreshJob> jobs = take(time.started(), limit);
            applied = applied.plus(batches.apply(jobs));
            hasMore = !jobs.isEmpty() && isMoreDue(time.started());
            if (applied.processed() >= request.jobs()
                    || time.elapsed() >= request.milliseconds()
                    || !refreshing.readAnew()) {
                break;
            }
        }
        return new RetryReport(
                applied.processed(),
                applied.refreshed(),
                applied.failed(),
                applied.skipped(),
                hasMore,
                !refreshing.refreshesByItself(),
                time.started(),
                time.now(),
                time.elapsed(),
                applied.errors());
    }

    private List<RefreshJob> take(Instant now, int limit) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return PlannerStore.takeRetries(
                    connection,
                    now,
                    now.plus(settings.grace()),
                    now.plus(Duration.ofHours(settings.intervalHours())),
                    limit);
        }
    }

    private boolean isMoreDue(Instant now) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return PlannerStore.hasRetries(connection, now);
        }
    }
}
