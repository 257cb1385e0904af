package io.creditrefresh.planner.tick;

import io.creditrefresh.ledger.bulk.BulkJob;
import io.creditrefresh.ledger.bulk.BulkState;
import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.store.BulkItemStore;
import io.creditrefresh.ledger.store.BulkJobStore;
import io.creditrefresh.ledger.store.BulkListingStore;
import io.creditrefresh.planner.jobs.ConsumerLag;
import io.creditrefresh.planner.jobs.NotAcknowledgedException;
import io.creditrefresh.planner.watch.PlannerMetrics.Reason;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Lists the accounts that bulk jobs are about, emits them, and ends the jobs of which nothing is open any more. */
@Singleton
class BulkEmission {

    static final int PAGES_PER_TICK = 100;
    private static final int JOBS_PER_TICK = 20;
    private static final int ACCOUNTS_PER_RANGE = 20_000;

    private static final Logger LOG = Logger.getLogger(BulkEmission.class);

    private final DataSource database;
    private final JobEmitter emitter;
    private final Grace grace;
    private final ConsumerLag lag;
    private final int pageSize;
    private final long lagLimit;

    BulkEmission(DataSource database, ConsumerLag lag, JobEmitter emitter, Grace grace, RefreshSettings settings) {
        this.database = database;
        this.lag = lag;
        this.lagLimit = settings.sweepLagLimit();
        this.emitter = emitter;
        this.grace = grace;
        this.pageSize = settings.batchSize();
    }

    /** Emits up to 100 pages. An item is marked before it is sent: one that gets lost comes again after a grace time. */
    Emission emit(Instant now) throws SQLException, NotAcknowledgedException {
        List<BulkJob> jobs = jobs();
        // What waits in Kafka is not lost, and stands before what comes due.
        if (jobs.isEmpty() || lag.jobs().orElse(0) > lagLimit) {
            return Emission.NOTHING;
        }
        int pages = 0;
        int emitted = 0;
        for (BulkJob job : jobs) {
            pages += list(job, PAGES_PER_TICK - pages);
            long after = 0;
            while (pages < PAGES_PER_TICK && !emitter.isStopping()) {
                List<Long> accounts = take(job, after, now);
                if (accounts.isEmpty()) {
                    finish(job, now);
                    break;
                }
                emitter.emit(jobs(job, accounts, now), Reason.BULK);
                emitted += accounts.size();
                after = accounts.get(accounts.size() - 1);
                pages++;
            }
        }
        return new Emission(emitted, pages < PAGES_PER_TICK ? Emission.End.DONE : Emission.End.MORE);
    }

    private List<BulkJob> jobs() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return BulkJobStore.underWay(connection, JOBS_PER_TICK);
        }
    }

    /** Returns how many ranges it has listed. */
    private int list(BulkJob job, int most) throws SQLException {
        int ranges = 0;
        boolean more = job.state() == BulkState.LISTING;
        while (more && ranges < most && !emitter.isStopping()) {
            try (Connection connection = database.getConnection()) {
                more = listOne(connection, job);
            }
            ranges++;
        }
        return ranges;
    }

    private static boolean listOne(Connection connection, BulkJob job) throws SQLException {
        connection.setAutoCommit(false);
        try {
            boolean more = BulkListingStore.list(connection, job, ACCOUNTS_PER_RANGE);
            connection.commit();
            return more;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private List<Long> take(BulkJob job, long after, Instant now) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return BulkItemStore.take(connection, job.id(), after, now, grace.endFrom(now), pageSize);
        }
    }

    private void finish(BulkJob job, Instant now) throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (BulkJobStore.finish(connection, job.id(), now)) {
                LOG.infof("[CreditRefresh] Bulk job %d is done", job.id());
            }
        }
    }

    private static List<RefreshJob> jobs(BulkJob job, List<Long> accounts, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        return accounts.stream()
                .map(account -> new RefreshJob(account, at, 0, job.id()))
                .toList();
    }
}
