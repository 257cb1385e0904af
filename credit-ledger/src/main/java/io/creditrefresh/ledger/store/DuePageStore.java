package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.message.RefreshJob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Finds due accounts in the order of their ids: what changes meanwhile moves none of them to another place. */
public final class DuePageStore {

    /** So many ids are looked at by one read, however few of them are due. */
    static final long IDS_MAX = 1_000_000;

    private static final String LAST_ID = """
            SELECT coalesce(max(id), 0)
            FROM credit_account
            """;

    private static final String DUE = """
            SELECT a.id, date_part('epoch', a.period_end)::bigint, coalesce(f.attempts, 0)
            FROM credit_account a
            LEFT JOIN refresh_failure f ON f.account_id = a.id AND f.due_at = a.period_end
            WHERE a.id > ?
                AND a.id <= ?
                AND a.period_end <= to_timestamp(?)
                AND a.refresh_at IS NOT NULL
            ORDER BY a.id
            LIMIT ?
            """;

    private static final String SCHEDULED = """
            SELECT a.id, date_part('epoch', a.period_end)::bigint, 0
            FROM credit_account a
            WHERE a.id > ?
                AND a.id <= ?
                AND a.refresh_at <= to_timestamp(?)
                AND a.refresh_at > to_timestamp(?)
            ORDER BY a.id
            LIMIT ?
            """;

    private DuePageStore() {}

    /**
     * Some jobs, in the order of account ids.
     *
     * @param reached no account up to this id is left out
     * @param hasMore whether there are accounts behind it
     */
    public record Page(List<RefreshJob> jobs, long reached, boolean hasMore) {}

    /** The accounts behind an id that were due at {@code dueBy} and still are, so many at the most. */
    public static Page after(Connection connection, long accountId, Instant dueBy, int limit) throws SQLException {
        return page(connection, accountId, limit, until -> {
            try (var select = connection.prepareStatement(DUE)) {
                select.setLong(1, accountId);
                select.setLong(2, until);
                select.setLong(3, dueBy.getEpochSecond());
                select.setInt(4, limit);
                return jobs(select, limit);
            }
        });
    }

    /**
     * The accounts behind an id whose {@code refresh_at} lies in a stretch of time, so many at the most, whatever is wrong
     * with them.
     *
     * @param from not in the stretch
     * @param to in the stretch
     */
    public static Page scheduled(Connection connection, long accountId, Instant from, Instant to, int limit)
            throws SQLException {
        return page(connection, accountId, limit, until -> {
            try (var select = connection.prepareStatement(SCHEDULED)) {
                select.setLong(1, accountId);
                select.setLong(2, until);
                select.setLong(3, to.getEpochSecond());
                select.setLong(4, from.getEpochSecond());
                select.setInt(5, limit);
                return jobs(select, limit);
            }
        });
    }

    private interface Reading {
        List<RefreshJob> upTo(long lastId) throws SQLException;
    }

    private static Page page(Connection connection, long accountId, int limit, Reading reading) throws SQLException {
        long lastId = lastId(connection);
        // Written so that it overflows with no id.
        long until = lastId - accountId > IDS_MAX ? accountId + IDS_MAX : lastId;
        List<RefreshJob> jobs = reading.upTo(until);
        long reached = jobs.size() < limit ? until : jobs.get(limit - 1).accountId();
        return new Page(jobs, Math.max(accountId, reached), reached < lastId);
    }

    private static List<RefreshJob> jobs(PreparedStatement select, int limit) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            List<RefreshJob> jobs = new ArrayList<>(limit);
            while (rows.next()) {
                jobs.add(new RefreshJob(rows.getLong(1), Instant.ofEpochSecond(rows.getLong(2)), rows.getInt(3)));
            }
            return jobs;
        }
    }

    private static long lastId(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(LAST_ID);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
