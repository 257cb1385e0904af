package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.bulk.BulkJob;
import io.creditrefresh.ledger.bulk.BulkResult;
import io.creditrefresh.ledger.bulk.BulkWish;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.store.BulkItemStore;
import io.creditrefresh.ledger.store.BulkJobStore;
import io.creditrefresh.ledger.store.BulkListingStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Does a bulk job from beginning to end, as planner and worker do between them. */
public final class BulkAtOnce {

    private static final int PAGE = 100;
    private static final Duration LONG = Duration.ofDays(400_000);

    private final LedgerAccess ledger;
    private final Transactions api;
    private final Transactions planner;
    private final BulkBatch batch;

    public BulkAtOnce(LedgerAccess ledger, DataSource planner, DataSource worker) {
        this.ledger = ledger;
        this.api = ledger.transactions();
        this.planner = new Transactions(planner);
        this.batch = new BulkBatch(new LedgerAccess(worker, ledger.clock(), ledger.refreshesByItself(), "worker"));
    }

    public List<BulkResult> run(BulkWish wish, Cause cause, boolean dryRun) throws SQLException {
        Instant now = ledger.clock().instant();
        return run(api.run(connection -> BulkJobStore.create(connection, wish, dryRun, cause, now)));
    }

    /** Does a job that has begun, and ends it. */
    public List<BulkResult> run(BulkJob job) throws SQLException {
        Instant now = ledger.clock().instant();
        while (planner.run(connection -> BulkListingStore.list(connection, job, PAGE))) {
            // The next range.
        }
        List<BulkResult> results = new ArrayList<>();
        long after = 0;
        while (true) {
            long last = after;
            List<Long> page = planner.run(
                    connection -> BulkItemStore.take(connection, job.id(), last, now, now.plus(LONG), PAGE));
            if (page.isEmpty()) {
                planner.run(connection -> BulkJobStore.finish(connection, job.id(), now));
                return results;
            }
            results.addAll(batch.apply(job.id(), page));
            after = page.get(page.size() - 1);
        }
    }
}
