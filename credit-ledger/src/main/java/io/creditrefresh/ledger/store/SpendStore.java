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
import java.util.Optional;

/** Writes the plain spend in one statement, and reads back what spends took. */
public final class SpendStore {

    // The rule of Spend for the case that nearly all are of: one account, not due, with enough. Anything else spends
    // nothing here and is decided with the rules. The row is locked before it is read, so that spends of one account
    // take turns instead of failing; what is written is made of the locked row alone, because the update first sees the
    // row as it was when the statement began, and its constraints would be checked on a mixture of the two.
    private static final String SPEND = """
            WITH spender AS (
                SELECT
                    a.id, a.subscriber_id, a.allowance, a.bonus, a.version, o.amount,
                    LEAST(a.allowance, o.amount) AS from_allowance
                FROM (SELECT ?::text AS user_id, ?::text AS kind, ?::bigint AS amount, ?::text AS key) o
                JOIN subscriber s ON s.user_id = o.user_id
                JOIN credit_account a ON a.subscriber_id = s.id AND a.kind = o.kind
                WHERE a.allowance + a.bonus >= o.amount
                    AND (a.refresh_at IS NULL OR a.period_end > to_timestamp(?) OR NOT ?)
                    AND NOT EXISTS (SELECT FROM idempotency i WHERE i.scope = s.id AND i.key = o.key)
                    AND EXISTS (SELECT FROM rollout r WHERE r.revision = ?)
                FOR UPDATE OF a
            ),
            spent AS (
                UPDATE credit_account a
                SET
                    allowance = spender.allowance - spender.from_allowance,
                    bonus = spender.bonus - (spender.amount - spender.from_allowance),
                    version = spender.version + 1
                FROM spender
                WHERE a.id = spender.id
                RETURNING
                    a.id, a.version, a.allowance + a.bonus AS balance, a.period_start, spender.subscriber_id,
                    spender.amount, spender.from_allowance - spender.amount AS bonus_change
            ),
            kept AS (
                INSERT INTO idempotency (scope, key, request_hash, created_at)
                SELECT subscriber_id, ?, decode(?, 'hex'), to_timestamp(?)
                FROM spent
            )
            INSERT INTO ledger_entry (
                account_id, seq, type, amount, balance_before, balance_after, bonus_change, period_start, actor,
                idempotency_key, metadata, created_at)
            SELECT
                id, version, 'CONSUME', -amount, balance + amount, balance, bonus_change, period_start, ?, ?, ?::jsonb,
                to_timestamp(?)
            FROM spent
            RETURNING account_id, seq, -amount, -bonus_change, balance_after
            """;

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

    /**
     * Spends if it is the plain case; autocommitted, it is one round trip.
     *
     * @param kind of the one account that all is taken from
     * @param amount of that kind
     * @param revision of the rollout that says so; with another one nothing is spent
     * @param refreshes whether a due account must be refreshed first
     * @return empty if nothing was spent: it must be decided with the rules
     * @throws SQLException also when another spend under the same key came first (SQLSTATE 23505)
     */
    public static Optional<SpentPart> spendPlainly(
            Connection connection,
            SpendOrder order,
            CreditKind kind,
            long amount,
            long revision,
            boolean refreshes,
            Instant now)
            throws SQLException {
        try (var spend = connection.prepareStatement(SPEND)) {
            spend.setString(1, order.userId());
            spend.setString(2, kind.code());
            spend.setLong(3, amount);
            spend.setString(4, order.request().key());
            spend.setLong(5, now.getEpochSecond());
            spend.setBoolean(6, refreshes);
            spend.setLong(7, revision);
            spend.setString(8, order.request().key());
            spend.setString(9, order.request().hash());
            spend.setLong(10, now.getEpochSecond());
            spend.setString(11, order.actor());
            spend.setString(12, order.ledgerKey());
            spend.setString(13, Json.write(order.details()));
            spend.setLong(14, now.getEpochSecond());
            try (ResultSet row = spend.executeQuery()) {
                return row.next()
                        ? Optional.of(new SpentPart(
                                row.getLong(1),
                                kind,
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                Instant.ofEpochSecond(now.getEpochSecond()),
                                false))
                        : Optional.empty();
            }
        }
    }

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
