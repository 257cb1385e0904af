package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.spend.PlainSpend;
import io.creditrefresh.ledger.spend.SpentPart;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Writes plain spends, those of several subscribers in one statement. */
public final class PlainSpendStore {

    // The rule of Spend for the case that nearly all are of: one account, not due, with enough. Anything else spends
    // nothing here and is decided with the rules. The row is locked before it is read; what is written is made of the
    // locked row alone, because the update first sees the row as it was when the statement began, and its constraints
    // would be checked on a mixture of the two. Rows are locked in id order, as everybody does it.
    //
    // Each array comes from a sub-select, which hides its length from the planner: it would otherwise plan each
    // execution for its own length. A scalar sub-select looks for the key, because an anti-join may be planned, while
    // that table is small, as one that reads all of it.
    private static final String SPEND_WAITING = """
            WITH spender AS (
                SELECT
                    o.number, o.amount, o.key, o.request_hash, o.actor, o.ledger_key, o.details,
                    a.id, a.subscriber_id, a.allowance, a.bonus, a.version,
                    LEAST(a.allowance, o.amount) AS from_allowance
                FROM unnest(
                    (SELECT ?::text[]), (SELECT ?::text[]), (SELECT ?::bigint[]), (SELECT ?::bigint[]),
                    (SELECT ?::text[]), (SELECT ?::text[]), (SELECT ?::text[]), (SELECT ?::text[]),
                    (SELECT ?::text[]))
                    WITH ORDINALITY AS o (
                        user_id, kind, amount, revision, key, request_hash, actor, ledger_key, details, number)
                JOIN subscriber s ON s.user_id = o.user_id
                JOIN credit_account a ON a.subscriber_id = s.id AND a.kind = o.kind
                WHERE a.allowance + a.bonus >= o.amount
                    AND (a.refresh_at IS NULL OR a.period_end > to_timestamp(?) OR NOT ?)
                    AND (SELECT i.scope FROM idempotency i WHERE i.scope = s.id AND i.key = o.key) IS NULL
                    AND o.revision = (SELECT r.revision FROM rollout r)
                ORDER BY a.id
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
                    spender.amount, spender.amount - spender.from_allowance AS from_bonus, spender.number,
                    spender.key, spender.request_hash, spender.actor, spender.ledger_key, spender.details
            ),
            kept AS (
                INSERT INTO idempotency (scope, key, request_hash, created_at)
                SELECT subscriber_id, key, decode(request_hash, 'hex'), to_timestamp(?)
                FROM spent
            ),
            entered AS (
                INSERT INTO ledger_entry (
                    account_id, seq, type, amount, balance_before, balance_after, bonus_change, period_start, actor,
                    idempotency_key, metadata, created_at)
                SELECT
                    id, version, 'CONSUME', -amount, balance + amount, balance, -from_bonus, period_start, actor,
                    ledger_key, details::jsonb, to_timestamp(?)
                FROM spent
            )
            SELECT number, id, version, amount, from_bonus, balance
            FROM spent
            """;

    // So that several do not wait for the lock of one of them.
    private static final String SPEND_UNLOCKED =
            SPEND_WAITING.replace("FOR UPDATE OF a", "FOR UPDATE OF a SKIP LOCKED");

    private PlainSpendStore() {}

    /**
     * Spends all that are the plain case, of no user twice; autocommitted, it is one round trip. One alone waits while its
     * account is locked; several leave out what is.
     *
     * @param refreshes whether a due account must be refreshed first
     * @return what was spent, in the order of {@code spends}; empty where nothing was spent
     * @throws SQLException also when another spend under one of the keys came first (SQLSTATE 23505); then none is spent
     */
    public static List<Optional<SpentPart>> spend(
            Connection connection, List<PlainSpend> spends, boolean refreshes, Instant now) throws SQLException {
        Columns<PlainSpend> columns = new Columns<>(connection, spends);
        try (var spend = connection.prepareStatement(spends.size() == 1 ? SPEND_WAITING : SPEND_UNLOCKED)) {
            spend.setArray(1, columns.texts(each -> each.order().userId()));
            spend.setArray(2, columns.texts(each -> each.kind().code()));
            spend.setArray(3, columns.longs(PlainSpend::amount));
            spend.setArray(4, columns.longs(PlainSpend::revision));
            spend.setArray(5, columns.texts(each -> each.order().request().key()));
            spend.setArray(6, columns.texts(each -> each.order().request().hash()));
            spend.setArray(7, columns.texts(each -> each.order().actor()));
            spend.setArray(8, columns.texts(each -> each.order().ledgerKey()));
            spend.setArray(
                    9, columns.nullable("text", each -> Json.write(each.order().details())));
            spend.setLong(10, now.getEpochSecond());
            spend.setBoolean(11, refreshes);
            spend.setLong(12, now.getEpochSecond());
            spend.setLong(13, now.getEpochSecond());
            try (ResultSet rows = spend.executeQuery()) {
                return parts(rows, spends, Instant.ofEpochSecond(now.getEpochSecond()));
            }
        }
    }

    private static List<Optional<SpentPart>> parts(ResultSet rows, List<PlainSpend> spends, Instant at)
            throws SQLException {
        List<Optional<SpentPart>> parts = new ArrayList<>(Collections.nCopies(spends.size(), Optional.empty()));
        while (rows.next()) {
            int index = rows.getInt(1) - 1;
            parts.set(
                    index,
                    Optional.of(new SpentPart(
                            rows.getLong(2),
                            spends.get(index).kind(),
                            rows.getLong(3),
                            rows.getLong(4),
                            rows.getLong(5),
                            rows.getLong(6),
                            at,
                            false)));
        }
        return parts;
    }
}
