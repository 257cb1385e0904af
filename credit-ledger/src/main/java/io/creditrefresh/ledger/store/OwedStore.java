package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.audit.OwedAccounts;
import io.creditrefresh.ledger.plan.CreditKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds accounts that their plan owes something: the test of {@link io.creditrefresh.ledger.override.SafeSync}, as a
 * query. It reads accounts in the order of their ids, and a few rows of the catalogue.
 */
public final class OwedStore {

    private static final String OWED = """
            SELECT a.id, s.user_id, a.kind, in_force.amount, a.granted_this_period
            FROM credit_account a
            JOIN subscriber s ON s.id = a.subscriber_id
            %s
                AND a.id > ?
            ORDER BY a.id
            LIMIT ?
            """.formatted(OwedAccounts.CONDITION);

    private OwedStore() {}

    /**
     * An account that is owed.
     *
     * @param amount what the plan gives for its period, credits
     * @param granted what it has been granted
     */
    public record Owed(long accountId, String userId, CreditKind kind, long amount, long granted) {}

    /** Those behind an account id, so many at the most. */
    public static List<Owed> page(Connection connection, long afterAccountId, int limit) throws SQLException {
        try (var select = connection.prepareStatement(OWED)) {
            select.setLong(1, afterAccountId);
            select.setInt(2, limit);
            try (ResultSet rows = select.executeQuery()) {
                List<Owed> owed = new ArrayList<>();
                while (rows.next()) {
                    owed.add(new Owed(
                            rows.getLong(1),
                            rows.getString(2),
                            CreditKind.of(rows.getString(3)),
                            rows.getLong(4),
                            rows.getLong(5)));
                }
                return owed;
            }
        }
    }
}
