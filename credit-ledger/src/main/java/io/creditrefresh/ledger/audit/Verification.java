package io.creditrefresh.ledger.audit;

import io.creditrefresh.ledger.rollout.RolloutDay;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks for everything that is wrong with credits, and never writes. It reads all accounts and all entries in one
 * snapshot: on a large ledger a matter of minutes, during which nobody waits for it.
 */
public final class Verification {

    /** So many findings are kept; all are counted. */
    public static final int FINDINGS_MAX = 10_000;

    private static final int FETCH = 1_000;

    /** So many days of the rollout are compared, today among them. */
    private static final int ROLLOUT_DAYS = 8;

    private static final int PERCENT = 100;

    private static final String ONE_SNAPSHOT = """
            SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY
            """;

    // It may take as long as it takes.
    private static final String NO_TIMEOUT = """
            SET LOCAL statement_timeout = 0
            """;

    private static final String ACCOUNTS = """
            SELECT count(*)
            FROM credit_account
            """;

    private static final String AUDIT = """
            SELECT f.invariant, f.account_id, s.user_id, f.detail
            FROM (%s) f
            LEFT JOIN credit_account a ON a.id = f.account_id
            LEFT JOIN subscriber s ON s.id = a.subscriber_id
            """.formatted(LedgerAudit.QUERY);

    private static final String OVERDUE = """
            SELECT 'overdue', a.id, s.user_id, format('due since %s, refresh_at %s', a.period_end, a.refresh_at)
            FROM credit_account a
            JOIN subscriber s ON s.id = a.subscriber_id
            WHERE a.refresh_at < to_timestamp(?)
                AND NOT EXISTS (
                    SELECT FROM refresh_failure f
                    WHERE f.account_id = a.id
                        AND f.due_at = a.period_end)
            ORDER BY a.id
            """;

    // The test of SafeSync; the free plan's amount once a subscription that is not renewed is over.
    private static final String OWED = """
            SELECT
                'owed',
                a.id,
                s.user_id,
                format('plan %%s gives %%s, granted %%s', a.plan, in_force.amount, a.granted_this_period)
            FROM credit_account a
            JOIN subscriber s ON s.id = a.subscriber_id
            %s
            ORDER BY a.id
            """.formatted(OwedAccounts.CONDITION);

    // The live subscription that was created last, as ProviderHistory has it.
    private static final String DIFFERS_FROM_PROVIDER = """
            SELECT
                'differs_from_provider',
                a.id,
                s.user_id,
                format(
                    'subscription %s at %s is %s %s, the user is %s %s%s',
                    live.subscription_id,
                    live.provider,
                    live.plan,
                    live.status,
                    s.plan_code,
                    s.billing_state,
                    CASE
                        WHEN a.paid_until IS DISTINCT FROM live.paid_until
                            THEN format(', paid until %s and not %s', a.paid_until, live.paid_until)
                    END)
            FROM (
                SELECT DISTINCT ON (p.subscriber_id)
                    p.*,
                    CASE WHEN p.status IN ('trialing', 'active') THEN 'active' ELSE 'past_due' END AS billing_state
                FROM provider_subscription p
                WHERE p.status IN ('trialing', 'active', 'past_due', 'unpaid', 'paused')
                ORDER BY p.subscriber_id, p.created_at DESC, p.provider DESC, p.subscription_id DESC
            ) live
            JOIN subscriber s ON s.id = live.subscriber_id
            JOIN credit_account a ON a.subscriber_id = s.id
            WHERE s.plan_code <> live.plan
                OR s.billing_state <> live.billing_state
                OR a.paid_until IS DISTINCT FROM live.paid_until
            ORDER BY a.id
            """;

    private final EnumMap<FindingType, Long> counts = new EnumMap<>(FindingType.class);
    private final List<Finding> findings = new ArrayList<>();

    private Verification() {
        for (FindingType type : FindingType.values()) {
            counts.put(type, 0L);
        }
    }

    /**
     * Something that is wrong.
     *
     * @param accountId with which account; null if with no single one
     * @param userId null if the account belongs to nobody
     * @param detail for people
     */
    public record Finding(
            FindingType type,
            @Nullable Long accountId,
            @Nullable String userId,
            String detail) {}

    /**
     * What was found.
     *
     * @param accounts how many were looked at
     * @param counts of all findings, by type; a type without one has 0
     * @param findings the first of them, at most {@link #FINDINGS_MAX}
     */
    public record Report(long accounts, Map<FindingType, Long> counts, List<Finding> findings) {

        public long total() {
            return counts.values().stream().mapToLong(count -> count).sum();
        }

        /** With more of one type. */
        public Report with(FindingType type, List<Finding> more) {
            Map<FindingType, Long> all = new EnumMap<>(counts);
            all.merge(type, (long) more.size(), Long::sum);
            List<Finding> kept = new ArrayList<>(findings);
            more.stream().limit(FINDINGS_MAX - findings.size()).forEach(kept::add);
            return new Report(accounts, all, kept);
        }
    }

    /**
     * Verifies everything, in a transaction of its own.
     *
     * @param connection in no transaction; afterwards its modes are as they were
     * @param overdueAfter how long an account may be due without a failure
     * @param refreshesByItself whether anybody refreshes by himself; if not, nothing is overdue
     */
    public static Report run(Connection connection, Instant now, Duration overdueAfter, boolean refreshesByItself)
            throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (var modes = connection.createStatement()) {
            modes.execute(ONE_SNAPSHOT);
            modes.execute(NO_TIMEOUT);
            Verification verification = new Verification();
            long accounts = accounts(connection);
            // At most one a day: however much else there is, they are kept.
            verification.collectVariance(connection, LocalDate.ofInstant(now, ZoneOffset.UTC));
            verification.collect(connection, AUDIT, null);
            if (refreshesByItself) {
                verification.collect(connection, OVERDUE, now.minus(overdueAfter));
            }
            verification.collect(connection, OWED, null);
            verification.collect(connection, DIFFERS_FROM_PROVIDER, null);
            return new Report(accounts, Map.copyOf(verification.counts), List.copyOf(verification.findings));
        } finally {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        }
    }

    private static long accounts(Connection connection) throws SQLException {
        try (var count = connection.prepareStatement(ACCOUNTS);
                ResultSet row = count.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Row by row, so that memory does not grow with what is found. */
    private void collect(Connection connection, String sql, @Nullable Instant before) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setFetchSize(FETCH);
            if (before != null) {
                select.setLong(1, before.getEpochSecond());
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    add(new Finding(
                            FindingType.of(rows.getString(1)), rows.getLong(2), rows.getString(3), rows.getString(4)));
                }
            }
        }
    }

    private void collectVariance(Connection connection, LocalDate today) throws SQLException {
        for (RolloutDay day : MirrorAudit.days(connection, today.minusDays(ROLLOUT_DAYS - 1L), today.plusDays(1))) {
            if (day.isBeyondLimit()) {
                String detail = String.format(
                        Locale.ROOT,
                        "%s: the views differ in %d of %d credits (%.1f %%)",
                        day.date(),
                        day.variance(),
                        day.expected(),
                        PERCENT * RolloutDay.varianceOf(List.of(day)));
                add(new Finding(FindingType.V2_VARIANCE, null, null, detail));
            }
        }
    }

    private void add(Finding finding) {
        counts.merge(finding.type(), 1L, Long::sum);
        if (findings.size() < FINDINGS_MAX) {
            findings.add(finding);
        }
    }
}
