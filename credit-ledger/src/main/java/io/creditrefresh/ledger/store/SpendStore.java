package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.spend.Refund;
import io.creditrefresh.ledger.spend.SpendOrder;
import io.creditrefresh.ledger.spend.SpentPart;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads back what spends took. */
public final class SpendStore {

    private static final String SPENT = """
            SELECT
                e.account_id,
                e.seq,
                -e.amount,
                -e.bonus_change,
                e.balance_after,
                a.kind,
                date_part('epoch', e.created_at)::bigint,
                EXISTS (
                    SELECT FROM ledger_entry later
                    WHERE later.account_id = e.account_id
                        AND later.seq > e.seq
                        AND later.type IN ('REFRESH', 'UPGRADE', 'RESET')),
                coalesce((e.metadata ->> 'refreshOverdue')::boolean, false)
            FROM credit_account a
            JOIN ledger_entry e ON e.account_id = a.id AND e.idempotency_key = ?
            WHERE a.subscriber_id = ?
                AND e.type = ?
            ORDER BY e.account_id
            """;

    private static final String IS_TAKEN_OF_ACCOUNT = """
            SELECT EXISTS (
                SELECT
                FROM ledger_entry
                WHERE account_id = ?
                    AND idempotency_key = ?)
            """;

    private static final String IS_TAKEN = """
            SELECT EXISTS (
                SELECT FROM credit_account a
                JOIN ledger_entry e ON e.account_id = a.id AND e.idempotency_key = ?
                WHERE a.subscriber_id = ?)
            """;

    private SpendStore() {}

    /** What a spend took, by account; empty if there was none under this key. */
    public static List<SpentPart> spent(Connection connection, long subscriberId, String ledgerKey)
            throws SQLException {
        return read(
                connection,
                subscriberId,
                EntryType.CONSUME,
                ledgerKey,
                row -> new SpentPart(
                        row.getLong(1),
                        CreditKind.of(row.getString(6)),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        Instant.ofEpochSecond(row.getLong(7)),
                        row.getBoolean(9)));
    }

    /** The same for giving it back. */
    public static List<Refund.Taken> taken(Connection connection, long subscriberId, String ledgerKey)
            throws SQLException {
        return taken(connection, subscriberId, EntryType.CONSUME, ledgerKey);
    }

    /** What it took for the other view's sake, by account. */
    public static List<Refund.Taken> mirrored(Connection connection, long subscriberId, String ledgerKey)
            throws SQLException {
        return taken(connection, subscriberId, EntryType.MIRROR, SpendOrder.mirrorKey(ledgerKey));
    }

    private static List<Refund.Taken> taken(Connection connection, long subscriberId, EntryType type, String ledgerKey)
            throws SQLException {
        return read(
                connection,
                subscriberId,
                type,
                ledgerKey,
                row -> new Refund.Taken(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3) - row.getLong(4),
                        row.getLong(4),
                        row.getBoolean(8)));
    }

    /** Whether any entry of the subscriber's accounts stands under this key. */
    public static boolean isTaken(Connection connection, long subscriberId, String ledgerKey) throws SQLException {
        try (var select = connection.prepareStatement(IS_TAKEN)) {
            select.setString(1, ledgerKey);
            select.setLong(2, subscriberId);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    /** Whether an entry of this account stands under this key. */
    public static boolean isTakenOfAccount(Connection connection, long accountId, String ledgerKey)
            throws SQLException {
        try (var select = connection.prepareStatement(IS_TAKEN_OF_ACCOUNT)) {
            select.setLong(1, accountId);
            select.setString(2, ledgerKey);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static <T> List<T> read(
            Connection connection, long subscriberId, EntryType type, String ledgerKey, RowReader<T> reader)
            throws SQLException {
        try (var select = connection.prepareStatement(SPENT)) {
            select.setString(1, ledgerKey);
            select.setLong(2, subscriberId);
            select.setString(3, type.name());
            try (ResultSet rows = select.executeQuery()) {
                List<T> read = new ArrayList<>();
                while (rows.next()) {
                    read.add(reader.read(rows));
                }
                return read;
            }
        }
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }
}
