package io.creditrefresh.api.verification;

import io.creditrefresh.ledger.audit.FindingType;
import io.creditrefresh.ledger.audit.Verification;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.store.VerificationStore;
import io.creditrefresh.ledger.store.VerificationStore.Cause;
import io.creditrefresh.ledger.store.VerificationStore.Run;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Verifies: one instance at a time, by a lock that its database session holds. */
@Singleton
class VerificationRunner {

    private static final Logger LOG = Logger.getLogger(VerificationRunner.class);
    private static final Executor SAME_THREAD = Runnable::run;

    private final DataSource database;
    private final InstantSource clock;
    private final RefreshSettings refresh;
    private final VerificationSettings settings;

    VerificationRunner(
            DataSource database, InstantSource clock, RefreshSettings refresh, VerificationSettings settings) {
        this.database = database;
        this.clock = clock;
        this.refresh = refresh;
        this.settings = settings;
    }

    /** Verifies and keeps what it finds; false if another is at it. */
    boolean run(Cause cause) throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (!VerificationStore.tryLock(connection)) {
                return false;
            }
            int networkTimeoutMs = connection.getNetworkTimeout();
            try {
                // The pool's limit is for requests; this may read for minutes before the first row comes.
                connection.setNetworkTimeout(SAME_THREAD, 0);
                verify(connection, cause);
                return true;
            } finally {
                connection.setNetworkTimeout(SAME_THREAD, networkTimeoutMs);
                VerificationStore.unlock(connection);
            }
        }
    }

    /** Whether so much time has passed since the last one, whoever ran it. */
    boolean isDue() throws SQLException {
        return newest().map(run -> !run.startedAt().plus(settings.every()).isAfter(clock.instant()))
                .orElse(true);
    }

    Optional<Run> newest() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return VerificationStore.newest(connection);
        }
    }

    private void verify(Connection connection, Cause cause) throws SQLException {
        LOG.info("[CreditVerification] Checking for credit mismatches...");
        Instant started = clock.instant();
        Verification.Report report =
                Verification.run(connection, started, settings.overdueAfter(), refresh.refreshesByItself());
        connection.setAutoCommit(false);
        try {
            VerificationStore.keep(connection, report, cause, started, clock.instant());
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            // Switching autocommit on would commit the part that is written.
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
        said(report);
    }

    private static void said(Verification.Report report) {
        if (report.total() == 0) {
            LOG.info("[CreditVerification] All instances have reasonable credit balances");
            return;
        }
        long owed = report.counts().getOrDefault(FindingType.OWED, 0L);
        if (owed > 0) {
            LOG.warnf("[CreditVerification] Found %d accounts with suspiciously low credits", owed);
        }
        if (report.total() > owed) {
            LOG.warnf(
                    "[CreditVerification] Found %s",
                    report.counts().entrySet().stream()
                            .filter(count -> count.getValue() > 0 && count.getKey() != FindingType.OWED)
                            .sorted(Map.Entry.comparingByKey())
                            .map(count -> count.getKey().code() + " " + count.getValue())
                            .collect(Collectors.joining(", ")));
        }
    }
}
