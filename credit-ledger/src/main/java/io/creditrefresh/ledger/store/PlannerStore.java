package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.schedule.PhaseRange;
import io.creditrefresh.ledger.schedule.Watermark;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Finds the accounts that jobs are emitted for, or tried again with at once. Every read is a short statement of its own. */
public final class PlannerStore {

    private static final String DUE = """
            SELECT a.id, a.phase, date_part('epoch', a.period_end)::bigint
            FROM credit_account a
            WHERE (a.phase, a.id) > (?, ?)
                AND a.phase <= ?
                AND a.refresh_at <= to_timestamp(?)
            ORDER BY a.phase, a.id
            LIMIT ?
            """;

    private static final String LOST = """
            SELECT a.id, a.phase, date_part('epoch', a.period_end)::bigint
            FROM credit_account a
            WHERE (a.phase, a.id) > (?, ?)
                AND a.phase <= ?
                AND a.refresh_at <= to_timestamp(?)
                AND NOT EXISTS (
                    SELECT FROM refresh_failure f
                    WHERE f.account_id = a.id
                        AND f.due_at = a.period_end)
            ORDER BY a.phase, a.id
            LIMIT ?
            """;

    // A row that another planner is just moving on is that planner's to emit.
    private static final String TAKE_RETRIES = """
            WITH come_due AS MATERIALIZED (
                SELECT w.account_id
                FROM refresh_failure w
                JOIN credit_account a ON a.id = w.account_id AND a.period_end = w.due_at
                WHERE w.next_attempt_at <= to_timestamp(?)
                    AND a.refresh_at IS NOT NULL
                ORDER BY w.next_attempt_at
                LIMIT ?
                FOR UPDATE OF w SKIP LOCKED
            )
            UPDATE refresh_failure f
            SET next_attempt_at = to_timestamp(CASE f.state WHEN 'retrying' THEN ?::bigint ELSE ?::bigint END)
            FROM come_due
            WHERE f.account_id = come_due.account_id
            RETURNING f.account_id, date_part('epoch', f.due_at)::bigint, f.attempts
            """;

    private static final String HAS_RETRIES = """
            SELECT EXISTS (
                SELECT
                FROM refresh_failure w
                JOIN credit_account a ON a.id = w.account_id AND a.period_end = w.due_at
                WHERE w.next_attempt_at <= to_timestamp(?)
                    AND a.refresh_at IS NOT NULL)
            """;

    private PlannerStore() {}

    /**
     * Some jobs, in the order of the schedule.
     *
     * @param reached where the watermark stands when they are emitted
     */
    public record Page(List<RefreshJob> jobs, Watermark reached) {}

    /** The accounts of a range whose {@code refresh_at} has come by {@code now}, at most {@code limit}. */
    public static Page due(Connection connection, PhaseRange range, Instant now, int limit) throws SQLException {
        return page(connection, DUE, range, now, limit);
    }

    /**
     * The accounts of a range that should have been refreshed by now and were not, without a failure that says why.
     *
     * @param settledMinute only those whose {@code refresh_at} lies before the end of this epoch minute
     */
    public static Page lost(Connection connection, PhaseRange range, long settledMinute, int limit)
            throws SQLException {
        Instant lastSecond = Instant.ofEpochSecond(settledMinute * 60 + 59);
        return page(connection, LOST, range, lastSecond, limit);
    }

    /**
     * Takes the failures whose next attempt has come, and moves that attempt on, so that a job that gets lost comes
     * again. Failures of a period that is over, and of accounts that are off the schedule, stay as they are.
     *
     * @param nextRetry when a retrying account is tried again
     * @param nextTryOfExhausted when an exhausted one is
     * @return jobs to be emitted once this has been committed, at most {@code limit}
     */
    public static List<RefreshJob> takeRetries(
            Connection connection, Instant now, Instant nextRetry, Instant nextTryOfExhausted, int limit)
            throws SQLException {
        try (var take = connection.prepareStatement(TAKE_RETRIES)) {
            take.setLong(1, now.getEpochSecond());
            take.setInt(2, limit);
            take.setLong(3, nextRetry.getEpochSecond());
            take.setLong(4, nextTryOfExhausted.getEpochSecond());
            try (ResultSet rows = take.executeQuery()) {
                List<RefreshJob> jobs = new ArrayList<>();
                while (rows.next()) {
                    jobs.add(new RefreshJob(rows.getLong(1), Instant.ofEpochSecond(rows.getLong(2)), rows.getInt(3)));
                }
                return jobs;
            }
        }
    }

    /** Whether there are failures whose next attempt has come, and that nobody has taken. */
    public static boolean hasRetries(Connection connection, Instant now) throws SQLException {
        try (var select = connection.prepareStatement(HAS_RETRIES)) {
            select.setLong(1, now.getEpochSecond());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static Page page(Connection connection, String sql, PhaseRange range, Instant until, int limit)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setInt(1, range.fromPhase());
            select.setLong(2, range.afterAccountId());
            select.setInt(3, range.toPhase());
            select.setLong(4, until.getEpochSecond());
            select.setInt(5, limit);
            try (ResultSet rows = select.executeQuery()) {
                List<RefreshJob> jobs = new ArrayList<>(limit);
                Watermark last = range.end();
                while (rows.next()) {
                    long accountId = rows.getLong(1);
                    last = range.at(rows.getInt(2), accountId);
                    jobs.add(new RefreshJob(accountId, Instant.ofEpochSecond(rows.getLong(3)), 0));
                }
                return new Page(jobs, jobs.size() < limit ? range.end() : last);
            }
        }
    }
}
