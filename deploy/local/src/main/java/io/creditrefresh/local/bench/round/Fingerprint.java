package io.creditrefresh.local.bench.round;

import java.sql.Connection;
import java.sql.SQLException;

/** All that accounts and ledger say but for when it was written: equal for equal states, whatever the order of rows. */
public record Fingerprint(long accounts, String accountHash, long entries, String entryHash) {

    private static final String TAKE = """
            SELECT accounts, account_hash, entries, entry_hash
            FROM (
                SELECT count(*), sum(hashtextextended(a::text, 0))::text
                FROM credit_account a
            ) a (accounts, account_hash)
            CROSS JOIN (
                SELECT
                    count(*),
                    sum(hashtextextended(
                        row(account_id, seq, period_start, amount, balance_before, balance_after, granted, lapsed,
                            carried, run_date, type, actor, reason, idempotency_key, metadata, bonus_change)::text,
                        0))::text
                FROM ledger_entry
            ) e (entries, entry_hash)
            """;

    public static Fingerprint take(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(TAKE);
                var row = select.executeQuery()) {
            row.next();
            return new Fingerprint(row.getLong(1), row.getString(2), row.getLong(3), row.getString(4));
        }
    }
}
