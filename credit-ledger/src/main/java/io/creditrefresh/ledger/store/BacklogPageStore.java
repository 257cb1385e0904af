package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.schedule.Backlog;
import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.schedule.Watermark;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Finds the jobs of a long backlog, in the order of account ids. Every read is a short statement of its own. */
public final class BacklogPageStore {

    /** A page looks at so many ids at most, however few of them are due. */
    private static final int IDS_PER_PAGE = 50_000;

    private static final String DUE = """
            SELECT a.id, date_part('epoch', a.period_end)::bigint
            FROM credit_account a
            WHERE a.id > ?
                AND a.id <= ?
                AND a.refresh_at > to_timestamp(?)
                AND a.refresh_at <= to_timestamp(?)
            ORDER BY a.id
            LIMIT ?
            """;

    private static final String LAST_ACCOUNT = """
            SELECT coalesce(max(id), 0)
            FROM credit_account
            """;

    // All accounts by Postgres' own estimate; -1 of a table that was never analysed. A stretch of the circle of phases
    // that crosses its end is two; counting ends where it is known to be enough.
    private static final String IS_LONG = """
            SELECT count(*) > GREATEST(?, max(enough))
            FROM (
                SELECT reltuples::bigint / ? AS enough
                FROM pg_class
                WHERE oid = 'credit_account'::regclass
            ) e
            CROSS JOIN LATERAL (
                SELECT
                FROM (
                    SELECT FROM credit_account WHERE phase BETWEEN ? AND ?
                    UNION ALL
                    SELECT FROM credit_account WHERE phase BETWEEN ? AND ?
                ) a
                LIMIT GREATEST(?, enough) + 1
            ) d
            """;

    private BacklogPageStore() {}

    /**
     * Some jobs of a backlog.
     *
     * @param reached how far it is emitted when these are
     */
    public record Page(List<RefreshJob> jobs, Backlog reached) {}

    /**
     * The next accounts of a backlog, at most {@code limit}.
     *
     * @param watermark where the backlog begins: what lies before it has been emitted
     */
    public static Page due(Connection connection, Watermark watermark, Backlog backlog, int limit) throws SQLException {
        long lastId = backlog.accountId() + IDS_PER_PAGE;
        try (var select = connection.prepareStatement(DUE)) {
            select.setLong(1, backlog.accountId());
            select.setLong(2, lastId);
            select.setLong(3, watermark.lastWholeMinute() * 60);
            select.setLong(4, backlog.minute() * 60);
            select.setInt(5, limit);
            try (ResultSet rows = select.executeQuery()) {
                List<RefreshJob> jobs = new ArrayList<>(limit);
                while (rows.next()) {
                    jobs.add(new RefreshJob(rows.getLong(1), Instant.ofEpochSecond(rows.getLong(2)), 0));
                }
                long reached =
                        jobs.size() < limit ? lastId : jobs.get(limit - 1).accountId();
                return new Page(jobs, backlog.reached(reached));
            }
        }
    }

    /** The highest id; 0 if there is no account. A later one is not due before now. */
    public static long lastAccount(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(LAST_ACCOUNT);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * Whether more accounts have their minute behind a watermark than both {@code least} and a share of all.
     *
     * @param toMinute the last minute that counts
     * @param oneIn of so many accounts one
     */
    public static boolean isLong(Connection connection, Watermark watermark, long toMinute, int least, int oneIn)
            throws SQLException {
        long firstMinute = Math.max(watermark.lastWholeMinute() + 1, toMinute - Phase.MINUTES + 1);
        int from = Phase.ofMinute(firstMinute);
        int to = Phase.ofMinute(toMinute);
        boolean crossesTheEnd = from > to;
        try (var select = connection.prepareStatement(IS_LONG)) {
            select.setInt(1, least);
            select.setInt(2, oneIn);
            select.setInt(3, from);
            select.setInt(4, crossesTheEnd ? Phase.MINUTES - 1 : to);
            select.setInt(5, crossesTheEnd ? 0 : 1);
            select.setInt(6, crossesTheEnd ? to : 0);
            select.setInt(7, least);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
