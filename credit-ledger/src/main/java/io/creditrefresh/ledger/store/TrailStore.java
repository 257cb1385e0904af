package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.trail.EntryLine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads entries of accounts, newest first; one statement for any number of accounts. */
public final class TrailStore {

    // What a refresh or an upgrade carried is its change of the bonus. Of the first entry alone it may be unknown.
    static final String BONUS_CHANGE = """
            coalesce(
                    bonus_change,
                    CASE WHEN type IN ('REFRESH', 'UPGRADE') THEN carried END,
                    CASE WHEN type <> 'IMPORT' OR seq > 1 THEN 0 END) AS bonus_change""";

    // A client's number may be short to write and have 100,000 digits as the database prints it.
    private static final String PAGE = """
            SELECT
                e.account_id,
                e.seq,
                e.type,
                date_part('epoch', e.created_at)::bigint,
                date_part('epoch', e.period_start)::bigint,
                e.amount,
                e.balance_before,
                e.balance_after,
                e.granted,
                e.lapsed,
                e.carried,
                e.bonus_change,
                e.actor,
                e.reason,
                CASE
                    WHEN e.metadata IS NULL THEN '{}'
                    WHEN length(e.metadata::text) <= 10000 THEN e.metadata::text
                    ELSE '{"tooLongToShow": true}'
                END
            FROM unnest(?) AS wanted (account_id)
            CROSS JOIN LATERAL (
                SELECT
                    account_id, seq, type, created_at, period_start, amount, balance_before, balance_after, granted,
                    lapsed, carried, actor, reason, metadata,
                    %s
                FROM ledger_entry
                WHERE account_id = wanted.account_id
                    AND seq < ?
                ORDER BY seq DESC
                LIMIT ?
            ) e
            ORDER BY e.account_id, e.seq DESC
            """.formatted(BONUS_CHANGE);

    private TrailStore() {}

    /** The newest entries of each account before a sequence number, newest first; none of an account without. */
    public static Map<Long, List<EntryLine>> page(Connection connection, long[] accountIds, long beforeSeq, int limit)
            throws SQLException {
        try (var select = connection.prepareStatement(PAGE)) {
            select.setArray(1, Columns.longs(connection, accountIds));
            select.setLong(2, beforeSeq);
            select.setInt(3, limit);
            try (ResultSet rows = select.executeQuery()) {
                Map<Long, List<EntryLine>> lines = new HashMap<>();
                while (rows.next()) {
                    EntryLine line = line(rows);
                    lines.computeIfAbsent(line.accountId(), id -> new ArrayList<>())
                            .add(line);
                }
                return lines;
            }
        }
    }

    private static EntryLine line(ResultSet row) throws SQLException {
        return new EntryLine(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                Instant.ofEpochSecond(row.getLong(4)),
                Instant.ofEpochSecond(row.getLong(5)),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                longOrNull(row, 9),
                longOrNull(row, 10),
                longOrNull(row, 11),
                longOrNull(row, 12),
                row.getString(13),
                row.getString(14),
                row.getString(15));
    }

    private static @Nullable Long longOrNull(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
