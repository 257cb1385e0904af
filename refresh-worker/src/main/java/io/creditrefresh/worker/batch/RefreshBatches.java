package io.creditrefresh.worker.batch;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.refresh.Refresh;
import io.creditrefresh.ledger.refresh.RefreshFailure;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.store.BatchStore;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.FailureStore;
import io.creditrefresh.worker.trouble.Trouble;
import io.creditrefresh.worker.trouble.WeatherException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Applies batches of refresh jobs, one transaction each. Applying a batch twice is applying it once.
 *
 * <p>A batch that the database refuses is split until the bad account stands alone; the others commit, the bad one gets
 * a failure.
 */
@Singleton
public class RefreshBatches {

    private static final Logger LOG = Logger.getLogger(RefreshBatches.class);

    /** From this size on, a batch most of which fails alike is taken for weather: so many accounts are not all bad. */
    private static final int LARGE = 20;

    private final DataSource dataSource;
    private final InstantSource clock;
    private final RefreshSettings settings;

    RefreshBatches(DataSource dataSource, InstantSource clock, RefreshSettings settings) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * Applies the jobs that are due and writes down those that fail.
     *
     * @throws WeatherException if it must be tried again as a whole
     */
    public Tally apply(List<RefreshJob> jobs) {
        Tally total = new Tally();
        List<FailedJob> failed = new ArrayList<>();
        applyOrSplit(jobs, total, failed);
        refuseToBlameTheAccounts(jobs, failed);
        recordFailures(failed, total);
        return total;
    }

    private void applyOrSplit(List<RefreshJob> jobs, Tally total, List<FailedJob> failed) {
        try {
            commitOne(jobs, BatchTransaction.Locked.WAIT, total, failed);
        } catch (SQLException | RuntimeException e) {
            switch (Trouble.of(e)) {
                case WEATHER -> throw new WeatherException("the database is away", e);
                case CONTENTION -> applyUnlocked(jobs, total, failed);
                case BAD_DATA, REFUSED, BUG -> splitUp(jobs, e, total, failed);
            }
        }
    }

    private void splitUp(List<RefreshJob> jobs, Exception error, Tally total, List<FailedJob> failed) {
        if (jobs.size() == 1) {
            failed.add(new FailedJob(jobs.get(0), error));
            return;
        }
        int middle = jobs.size() / 2;
        applyOrSplit(jobs.subList(0, middle), total, failed);
        applyOrSplit(jobs.subList(middle, jobs.size()), total, failed);
    }

    /** After a deadlock or a lock that could not be had: what others hold is left to the sweep. */
    private void applyUnlocked(List<RefreshJob> jobs, Tally total, List<FailedJob> failed) {
        try {
            commitOne(jobs, BatchTransaction.Locked.PASS_OVER, total, failed);
        } catch (SQLException | RuntimeException e) {
            switch (Trouble.of(e)) {
                case WEATHER -> throw new WeatherException("the database is away", e);
                case CONTENTION -> jobs.forEach(job -> total.add(BatchTransaction.runDate(job), Outcome.SKIPPED));
                case BAD_DATA, REFUSED, BUG -> splitUp(jobs, e, total, failed);
            }
        }
    }

    private void commitOne(List<RefreshJob> jobs, BatchTransaction.Locked locked, Tally total, List<FailedJob> failed)
            throws SQLException {
        long started = System.nanoTime();
        try (Connection connection = connect()) {
            try {
                BatchTransaction transaction = begin(connection);
                transaction.apply(jobs, locked);
                transaction.close(Duration.ofNanos(System.nanoTime() - started), clock.instant());
                Map<Long, String> users = LOG.isDebugEnabled() ? transaction.users() : Map.of();
                connection.commit();
                total.addAll(transaction.tally());
                failed.addAll(transaction.failed());
                logged(transaction, users);
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        }
    }

    /** Whatever goes wrong before an account is looked at is no account's fault. */
    private Connection connect() {
        try {
            Connection connection = dataSource.getConnection();
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            throw new WeatherException("the database is away", e);
        }
    }

    private BatchTransaction begin(Connection connection) {
        try {
            return new BatchTransaction(connection, CatalogueStore.read(connection), clock.instant());
        } catch (SQLException e) {
            throw new WeatherException("the catalogue cannot be read", e);
        }
    }

    private static void rollBack(Connection connection, Exception why) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is gone, and with it the transaction.
            why.addSuppressed(e);
        }
    }

    private static void refuseToBlameTheAccounts(List<RefreshJob> jobs, List<FailedJob> failed) {
        // First attempts only: the retries of many bad accounts come in one batch, and must not look like weather.
        long firstAttempts = jobs.stream().filter(job -> job.attempt() == 0).count();
        if (firstAttempts < LARGE) {
            return;
        }
        // What the rules refuse is the account's own trouble, however many there are: no weather is in them.
        Map<String, Long> alike = failed.stream()
                .filter(bad -> bad.job().attempt() == 0 && bad.category() != RefreshFailure.Category.DATA)
                .collect(Collectors.groupingBy(bad -> Trouble.kindOf(bad.error()), Collectors.counting()));
        if (alike.values().stream().anyMatch(count -> count > firstAttempts / 2)) {
            Throwable first = failed.get(0).error();
            throw new WeatherException("most of a batch of " + jobs.size() + " fails alike", first);
        }
    }

    private void recordFailures(List<FailedJob> failed, Tally total) {
        if (failed.isEmpty()) {
            return;
        }
        long started = System.nanoTime();
        Instant now = clock.instant();
        Tally tally = new Tally();
        try (Connection connection = connect()) {
            try {
                for (FailedJob bad : failed) {
                    record(connection, bad, now);
                    tally.addFailed(bad.job(), bad.message());
                }
                Duration busy = Duration.ofNanos(System.nanoTime() - started);
                BatchTransaction.write(connection, tally, new BatchStore.Span(now, clock.instant(), busy));
                connection.commit();
                total.addAll(tally);
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw new WeatherException("failures could not be written", e);
        }
    }

    /** A failure that cannot be written holds up no other one: its account stays due, and the sweep emits it again. */
    private void record(Connection connection, FailedJob bad, Instant now) throws SQLException {
        RefreshFailure failure = RefreshFailure.of(
                bad.job(), bad.category(), bad.message(), now, Duration.ofHours(settings.intervalHours()));
        Savepoint before = connection.setSavepoint();
        try {
            FailureStore.record(connection, failure);
        } catch (SQLException e) {
            if (Trouble.of(e) == Trouble.WEATHER) {
                throw e;
            }
            connection.rollback(before);
            LOG.errorf(
                    "[CreditRefresh] Failure of account %d could not be written: %s",
                    failure.accountId(), e.getMessage());
        }
        logged(bad);
    }

    private static void logged(FailedJob bad) {
        String line = "[CreditRefresh] Error refreshing credits of account %d (%s, attempt %d): %s";
        RefreshFailure.Category category = bad.category();
        Logger.Level level = category == RefreshFailure.Category.BUG ? Logger.Level.ERROR : Logger.Level.WARN;
        LOG.logf(level, line, bad.job().accountId(), category.code(), bad.job().attempt() + 1, bad.message());
    }

    private static void logged(BatchTransaction transaction, Map<Long, String> users) {
        if (!transaction.unknown().isEmpty()) {
            LOG.warnf(
                    "[CreditRefresh] Skipped %d jobs of unknown accounts, the first: %d",
                    transaction.unknown().size(), transaction.unknown().get(0));
        }
        if (!users.isEmpty()) {
            for (Refresh refresh : transaction.refreshed()) {
                LOG.debugf(
                        "[CreditRefresh] Successfully refreshed %d credits for user %s",
                        refresh.granted(), users.get(refresh.before().id()));
            }
        }
    }
}
