package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.plan.CreditKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds subscribers who do not have an account of each of some kinds. */
public final class BackfillStore {

    // Counted, where asking whether one exists would do: that may be answered by reading all accounts, once per page.
    private static final String LACKING = """
            SELECT
                s.id,
                s.user_id,
                (
                    SELECT count(*)
                    FROM credit_account pool
                    WHERE pool.subscriber_id = s.id
                        AND pool.kind = 'credits')
            FROM subscriber s
            WHERE s.id > ?
                AND (
                    SELECT count(*)
                    FROM credit_account a
                    WHERE a.subscriber_id = s.id
                        AND a.kind = ANY (?)) < ?
            ORDER BY s.id
            LIMIT ?
            """;

    private BackfillStore() {}

    /**
     * A subscriber who lacks an account.
     *
     * @param hasPool whether there is an account of kind credits
     */
    public record Lacking(long subscriberId, String userId, boolean hasPool) {}

    /** Those behind a subscriber's id, in the order of ids, so many at the most. */
    public static List<Lacking> page(Connection connection, long afterSubscriberId, List<CreditKind> kinds, int limit)
            throws SQLException {
        try (var select = connection.prepareStatement(LACKING)) {
            select.setLong(1, afterSubscriberId);
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "text", kinds.stream().map(CreditKind::code).toArray()));
            select.setInt(3, kinds.size());
            select.setInt(4, limit);
            try (ResultSet rows = select.executeQuery()) {
                List<Lacking> lacking = new ArrayList<>();
                while (rows.next()) {
                    lacking.add(new Lacking(rows.getLong(1), rows.getString(2), rows.getLong(3) > 0));
                }
                return lacking;
            }
        }
    }
}
