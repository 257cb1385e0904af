package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.override.Restoration.BadRefresh;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the refreshes of a bad run. It walks the index of all refreshes: a matter of minutes on a large ledger. */
public final class RestorationStore {

    private static final String FIND = """
            SELECT
                s.user_id,
                e.account_id,
                e.seq,
                date_part('epoch', e.period_start)::bigint,
                e.amount
            FROM ledger_entry e
            JOIN credit_account a ON a.id = e.account_id
            JOIN subscriber s ON s.id = a.subscriber_id
            WHERE e.type = 'REFRESH'
                AND e.created_at >= to_timestamp(?)
                AND e.created_at < to_timestamp(?)
                AND (?::text[] IS NULL OR s.user_id = ANY (?))
                AND (e.account_id, e.period_start) > (?, to_timestamp(?))
            ORDER BY e.account_id, e.period_start
            LIMIT ?
            """;

    private RestorationStore() {}

    /**
     * Which refreshes are bad.
     *
     * @param from when they were written, inclusive
     * @param to exclusive
     * @param userIds only these users'; empty for everybody's
     */
    public record Range(Instant from, Instant to, List<String> userIds) {}

    /**
     * A page of them, in the order of account and period.
     *
     * @param last of the page before; empty for the first
     */
    public static List<BadRefresh> find(Connection connection, Range range, Optional<BadRefresh> last, int limit)
            throws SQLException {
        try (var select = connection.prepareStatement(FIND)) {
            var users = range.userIds().isEmpty()
                    ? null
                    : new Columns<>(connection, range.userIds()).texts(userId -> userId);
            select.setLong(1, range.from().getEpochSecond());
            select.setLong(2, range.to().getEpochSecond());
            select.setArray(3, users);
            select.setArray(4, users);
            select.setLong(5, last.map(BadRefresh::accountId).orElse(0L));
            select.setLong(
                    6, last.map(bad -> bad.periodStart().getEpochSecond()).orElse(0L));
            select.setInt(7, limit);
            try (ResultSet rows = select.executeQuery()) {
                List<BadRefresh> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(new BadRefresh(
                            rows.getString(1),
                            rows.getLong(2),
                            rows.getLong(3),
                            Instant.ofEpochSecond(rows.getLong(4)),
                            rows.getLong(5)));
                }
                return found;
            }
        }
    }
}
