package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.trail.LedgerSum;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Adds up the entries of accounts; one statement for any number of accounts. */
public final class LedgerSumStore {

    // Reads all entries of the accounts, in the order of the primary key.
    private static final String SUMS = """
            WITH summed AS (
                SELECT
                    a.id,
                    a.phase,
                    count(e.seq) AS entries,
                    coalesce(max(e.seq), 0) AS last_seq,
                    coalesce(sum(e.amount), 0) AS amounts,
                    coalesce(sum(e.amount), 0) = a.allowance + a.bonus AS adds_up,
                    count(e.seq) FILTER (
                        WHERE e.seq <> e.previous_seq + 1 OR e.balance_before <> e.previous_balance) AS breaks,
                    coalesce(sum(e.bonus_change), 0) AS bonus_changes,
                    coalesce(sum(e.bonus_change) FILTER (WHERE e.seq < ?), 0) AS bonus_changes_before,
                    count(e.seq) > count(e.bonus_change) AS is_imported_bonus_unknown,
                    min(e.seq) FILTER (WHERE e.period_start = a.period_start) AS begin_seq
                FROM credit_account a
                LEFT JOIN (
                    SELECT
                        account_id,
                        seq,
                        amount,
                        balance_before,
                        period_start,
                        %s,
                        lag(seq, 1, 0::bigint) OVER w AS previous_seq,
                        lag(balance_after, 1, 0::bigint) OVER w AS previous_balance
                    FROM ledger_entry
                    WHERE account_id = ANY (?)
                    WINDOW w AS (PARTITION BY account_id ORDER BY seq)
                ) e ON e.account_id = a.id
                WHERE a.id = ANY (?)
                GROUP BY a.id
            )
            SELECT
                s.id,
                s.phase,
                s.entries,
                s.last_seq,
                s.amounts,
                s.adds_up,
                s.breaks,
                s.bonus_changes,
                s.bonus_changes_before,
                s.is_imported_bonus_unknown,
                b.seq,
                b.type,
                date_part('epoch', b.created_at)::bigint
            FROM summed s
            LEFT JOIN ledger_entry b ON b.account_id = s.id AND b.seq = s.begin_seq
            """.formatted(TrailStore.BONUS_CHANGE);

    private LedgerSumStore() {}

    /**
     * All entries of each account, added up.
     *
     * @param beforeSeq where the page begins that the trail is wanted of, exclusive
     */
    public static Map<Long, LedgerSum> read(Connection connection, long[] accountIds, long beforeSeq)
            throws SQLException {
        try (var select = connection.prepareStatement(SUMS)) {
            var ids = Columns.longs(connection, accountIds);
            select.setLong(1, beforeSeq);
            select.setArray(2, ids);
            select.setArray(3, ids);
            try (ResultSet rows = select.executeQuery()) {
                Map<Long, LedgerSum> sums = new HashMap<>();
                while (rows.next()) {
                    sums.put(rows.getLong(1), sum(rows));
                }
                return sums;
            }
        }
    }

    private static LedgerSum sum(ResultSet row) throws SQLException {
        return new LedgerSum(
                row.getLong(1),
                row.getObject(2, Integer.class),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getBoolean(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getBoolean(10),
                begin(row));
    }

    private static Optional<LedgerSum.Begin> begin(ResultSet row) throws SQLException {
        long seq = row.getLong(11);
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new LedgerSum.Begin(seq, row.getString(12), Instant.ofEpochSecond(row.getLong(13))));
    }
}
