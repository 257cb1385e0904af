package io.creditrefresh.api.verification;

import io.creditrefresh.api.billing.ProviderQuestions;
import io.creditrefresh.ledger.audit.FindingType;
import io.creditrefresh.ledger.audit.Verification;
import io.creditrefresh.ledger.command.ProviderCheck;
import io.creditrefresh.ledger.command.Switches;
import io.creditrefresh.ledger.provider.ProviderUnavailableException;
import io.creditrefresh.ledger.store.VerificationStore;
import io.creditrefresh.ledger.store.VerificationStore.Cause;
import io.creditrefresh.ledger.store.VerificationStore.Run;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
    private final Switches switches;
    private final VerificationSettings settings;
    private final ProviderQuestions provider;

    VerificationRunner(
            DataSource database,
            InstantSource clock,
            Switches switches,
            VerificationSettings settings,
            ProviderQuestions provider) {
        this.provider = provider;
        this.database = database;
        this.clock = clock;
        this.switches = switches;
        this.settings = settings;
    }

    /** Verifies and keeps what it finds; false if another is at it. */
    boolean run(Cause cause) throws SQLException {
        return runIf(connection -> true, cause);
    }

    /**
     * The same unless one has begun within the last {@code age}, whoever ran it. That is asked under the lock: of several
     * instances that find one due at the same time, only the first verifies.
     */
    boolean runUnlessYounger(Duration age, Cause cause) throws SQLException {
        return runIf(connection -> !hasBegunSince(connection, clock.instant().minus(age)), cause);
    }

    private interface Condition {
        boolean holds(Connection connection) throws SQLException;
    }

    private boolean runIf(Condition condition, Cause cause) throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (!VerificationStore.tryLock(connection)) {
                return false;
            }
            int networkTimeoutMs = connection.getNetworkTimeout();
            try {
                if (!condition.holds(connection)) {
                    return false;
                }
                // The pool's limit is for requests; this may read for minutes before the first row comes.
                connection.setNetworkTimeout(SAME_THREAD, 0);
                verify(connection, cause);
                return true;
            } finally {
                try {
                    connection.setNetworkTimeout(SAME_THREAD, networkTimeoutMs);
                } finally {
                    VerificationStore.unlock(connection);
                }
            }
        }
    }

    private static boolean hasBegunSince(Connection connection, Instant since) throws SQLException {
        return VerificationStore.newest(connection)
                .filter(run -> run.startedAt().isAfter(since))
                .isPresent();
    }

    Optional<Run> newest() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return VerificationStore.newest(connection);
        }
    }

    private void verify(Connection connection, Cause cause) throws SQLException {
        LOG.info("[CreditVerification] Checking for credit mismatches...");
        Instant started = clock.instant();
        Verification.Report report = withProvider(
                connection,
                Verification.run(connection, started, settings.overdueAfter(), switches.refreshesByItself()));
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

    private Verification.Report withProvider(Connection connection, Verification.Report report) throws SQLException {
        if (provider.patientProvider().isEmpty()) {
            return report;
        }
        try {
            return report.with(
                    FindingType.DIFFERS_FROM_PROVIDER,
                    ProviderCheck.run(connection, provider.patientProvider().get()));
        } catch (ProviderUnavailableException e) {
            LOG.warnf("[CreditVerification] Not compared with the billing provider: %s", e.getMessage());
            return report;
        } catch (RuntimeException e) {
            // What was found without it is kept, or it would all be looked for again in a minute.
            LOG.errorf("[CreditVerification] Not compared with the billing provider: %s", e.getClass());
            return report;
        }
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
