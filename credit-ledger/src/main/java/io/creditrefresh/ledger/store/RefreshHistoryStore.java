package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.refresh.LastRefresh;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Reads what refreshes have done, from {@code ledger_entry}. */
public final class RefreshHistoryStore {

    // Three reads of one row each. Regular refreshes are indexed by the period that they begin, which grows with seq.
    static final String LAST = """
            SELECT
                date_part('epoch', e.created_at)::bigint,
                date_part('epoch', e.period_start)::bigint,
                e.granted,
                e.lapsed,
                e.carried,
                e.amount,
                e.balance_after
            FROM (SELECT ?::bigint AS account_id) wanted
            JOIN ledger_entry e ON e.account_id = wanted.account_id
            WHERE e.seq = GREATEST(
                (
                    SELECT r.seq
                    FROM ledger_entry r
                    WHERE r.account_id = wanted.account_id
                        AND r.type = 'REFRESH'
                    ORDER BY r.period_start DESC
                    LIMIT 1
                ),
                (
                    SELECT max(m.seq)
                    FROM ledger_entry m
                    WHERE m.account_id = wanted.account_id
                        AND m.type = 'MANUAL_REFRESH'
                ))
            """;

    private RefreshHistoryStore() {}

    /** The newest refresh of an account, regular or manual; empty if it never had one. */
    public static Optional<LastRefresh> last(Connection connection, long accountId) throws SQLException {
        try (var select = connection.prepareStatement(LAST)) {
            select.setLong(1, accountId);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(refresh(row)) : Optional.empty();
            }
        }
    }

    private static LastRefresh refresh(ResultSet row) throws SQLException {
        return new LastRefresh(
                Instant.ofEpochSecond(row.getLong(1)),
                Instant.ofEpochSecond(row.getLong(2)),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7));
    }
}
