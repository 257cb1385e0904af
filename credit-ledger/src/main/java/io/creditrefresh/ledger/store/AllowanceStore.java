package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.movement.Movement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Writes movements that change no more of an account than its allowance: all that a worker may write by hand. */
public final class AllowanceStore {

    private static final String APPLY = """
            WITH moved AS (
                UPDATE credit_account a
                SET
                    allowance = m.allowance,
                    granted_this_period = m.granted_this_period,
                    version = m.version + 1
                FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS m (
                    account_id, version, allowance, granted_this_period, type, balance_before, balance_after, granted,
                    period_start, idempotency_key, metadata)
                WHERE a.id = m.account_id
                    AND a.version = m.version
                RETURNING m.*
            )
            INSERT INTO ledger_entry (
                account_id, seq, type, amount, balance_before, balance_after, granted, bonus_change, period_start,
                actor, reason, idempotency_key, metadata, created_at)
            SELECT
                account_id,
                version + 1,
                type,
                balance_after - balance_before,
                balance_before,
                balance_after,
                granted,
                0,
                to_timestamp(period_start),
                ?,
                ?,
                idempotency_key,
                metadata::jsonb,
                to_timestamp(?)
            FROM moved
            """;

    private AllowanceStore() {}

    /**
     * Writes movements, each only if its account still has the version that it was decided on.
     *
     * @param movements of different accounts; plan, bonus and period as they were
     * @return how many were written
     */
    public static int apply(Connection connection, List<Movement> movements, Cause cause, Instant now)
            throws SQLException {
        if (movements.isEmpty()) {
            return 0;
        }
        List<Movement> inOrder = movements.stream()
                .sorted(Comparator.comparingLong(movement -> movement.before().id()))
                .toList();
        Columns<Movement> columns = new Columns<>(connection, inOrder);
        Columns<Account> after =
                new Columns<>(connection, inOrder.stream().map(Movement::after).toList());
        try (var write = connection.prepareStatement(APPLY)) {
            write.setArray(1, columns.longs(movement -> movement.before().id()));
            write.setArray(2, columns.longs(movement -> movement.before().version()));
            write.setArray(3, after.longs(account -> account.balance().allowance()));
            write.setArray(4, after.longs(Account::grantedThisPeriod));
            write.setArray(5, columns.texts(movement -> movement.type().name()));
            write.setArray(
                    6, columns.longs(movement -> movement.before().balance().total()));
            write.setArray(7, after.longs(account -> account.balance().total()));
            write.setArray(
                    8, columns.nullable("int8", movement -> movement.type().grants() ? movement.granted() : null));
            write.setArray(9, after.instants(account -> account.period().start()));
            write.setArray(10, columns.nullable("text", Movement::idempotencyKey));
            write.setArray(11, columns.nullable("text", movement -> Json.write(movement.details())));
            write.setString(12, cause.actor());
            write.setString(13, cause.reason());
            write.setLong(14, now.getEpochSecond());
            return write.executeUpdate();
        }
    }
}
