package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.audit.FindingType;
import io.creditrefresh.ledger.audit.Verification;
import io.creditrefresh.ledger.audit.Verification.Finding;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Keeps what verifications have found, and lets one instance at a time verify. */
public final class VerificationStore {

    private static final int RUNS_KEPT = 100;

    // A number of ours, for nothing else; held by the session, so that it is free when its instance is gone.
    private static final String LOCK = """
            SELECT pg_try_advisory_lock(7720002)
            """;

    private static final String UNLOCK = """
            SELECT pg_advisory_unlock(7720002)
            """;

    private static final String INSERT_RUN = """
            INSERT INTO verification_run (started_at, finished_at, accounts, cause)
            VALUES (to_timestamp(?), to_timestamp(?), ?, ?)
            RETURNING id
            """;

    private static final String INSERT_COUNTS = """
            INSERT INTO verification_count (run_id, type, found)
            SELECT ?, c.type, c.found
            FROM unnest(?, ?) AS c (type, found)
            """;

    private static final String INSERT_FINDINGS = """
            INSERT INTO verification_finding (run_id, position, type, account_id, user_id, detail)
            SELECT ?, f.position, f.type, f.account_id, f.user_id, f.detail
            FROM unnest(?, ?, ?, ?) WITH ORDINALITY AS f (type, account_id, user_id, detail, position)
            """;

    private static final String FORGET = """
            DELETE FROM verification_run
            WHERE id <= ?
            """;

    private static final String NEWEST = """
            SELECT
                id,
                date_part('epoch', started_at)::bigint,
                date_part('epoch', finished_at)::bigint,
                accounts,
                cause
            FROM verification_run
            ORDER BY id DESC
            LIMIT 1
            """;

    private static final String COUNTS = """
            SELECT type, found
            FROM verification_count
            WHERE run_id = ?
            """;

    private static final String FINDINGS = """
            SELECT type, account_id, user_id, detail
            FROM verification_finding
            WHERE run_id = ?
                AND position > ?
            ORDER BY position
            LIMIT ?
            """;

    private VerificationStore() {}

    /** Why a verification was run. */
    public enum Cause {
        START,
        SCHEDULE,
        REQUEST;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A finished verification.
     *
     * @param counts of all findings, by type; every type is there
     */
    public record Run(
            long id,
            Instant startedAt,
            Instant finishedAt,
            long accounts,
            String cause,
            Map<FindingType, Long> counts) {

        public long total() {
            return counts.values().stream().mapToLong(count -> count).sum();
        }
    }

    /** Whether this connection may verify now; if so, {@link #unlock} it afterwards. */
    public static boolean tryLock(Connection connection) throws SQLException {
        try (var lock = connection.prepareStatement(LOCK);
                ResultSet row = lock.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    public static void unlock(Connection connection) throws SQLException {
        try (var unlock = connection.prepareStatement(UNLOCK)) {
            unlock.executeQuery().close();
        }
    }

    /** Keeps a report; the caller commits. */
    public static void keep(
            Connection connection, Verification.Report report, Cause cause, Instant startedAt, Instant finishedAt)
            throws SQLException {
        long id = insertRun(connection, report, cause, startedAt, finishedAt);
        try (var insert = connection.prepareStatement(INSERT_COUNTS)) {
            Columns<Map.Entry<FindingType, Long>> counts =
                    new Columns<>(connection, List.copyOf(report.counts().entrySet()));
            insert.setLong(1, id);
            insert.setArray(2, counts.texts(count -> count.getKey().code()));
            insert.setArray(3, counts.longs(Map.Entry::getValue));
            insert.executeUpdate();
        }
        try (var insert = connection.prepareStatement(INSERT_FINDINGS)) {
            Columns<Finding> findings = new Columns<>(connection, report.findings());
            insert.setLong(1, id);
            insert.setArray(2, findings.texts(finding -> finding.type().code()));
            insert.setArray(3, findings.nullable("int8", Finding::accountId));
            insert.setArray(4, findings.nullable("text", Finding::userId));
            insert.setArray(5, findings.texts(Finding::detail));
            insert.executeUpdate();
        }
        try (var delete = connection.prepareStatement(FORGET)) {
            delete.setLong(1, id - RUNS_KEPT);
            delete.executeUpdate();
        }
    }

    /** The newest finished verification; empty before the first. */
    public static Optional<Run> newest(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(NEWEST);
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            return Optional.of(new Run(
                    row.getLong(1),
                    Instant.ofEpochSecond(row.getLong(2)),
                    Instant.ofEpochSecond(row.getLong(3)),
                    row.getLong(4),
                    row.getString(5),
                    counts(connection, row.getLong(1))));
        }
    }

    /** Findings of a run behind a position, which counts from 1. */
    public static List<Finding> findings(Connection connection, long runId, long afterPosition, int limit)
            throws SQLException {
        try (var select = connection.prepareStatement(FINDINGS)) {
            select.setLong(1, runId);
            select.setLong(2, afterPosition);
            select.setInt(3, limit);
            try (ResultSet rows = select.executeQuery()) {
                List<Finding> findings = new ArrayList<>();
                while (rows.next()) {
                    findings.add(new Finding(
                            FindingType.of(rows.getString(1)),
                            rows.getObject(2, Long.class),
                            rows.getString(3),
                            rows.getString(4)));
                }
                return findings;
            }
        }
    }

    private static long insertRun(
            Connection connection, Verification.Report report, Cause cause, Instant startedAt, Instant finishedAt)
            throws SQLException {
        try (var insert = connection.prepareStatement(INSERT_RUN)) {
            insert.setLong(1, startedAt.getEpochSecond());
            insert.setLong(2, finishedAt.getEpochSecond());
            insert.setLong(3, report.accounts());
            insert.setString(4, cause.code());
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static Map<FindingType, Long> counts(Connection connection, long runId) throws SQLException {
        Map<FindingType, Long> counts = new EnumMap<>(FindingType.class);
        for (FindingType type : FindingType.values()) {
            counts.put(type, 0L);
        }
        try (var select = connection.prepareStatement(COUNTS)) {
            select.setLong(1, runId);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    counts.put(FindingType.of(rows.getString(1)), rows.getLong(2));
                }
            }
        }
        return counts;
    }
}
