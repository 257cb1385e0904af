package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.schedule.Phase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes movements: one row update and one row insert each. Refreshes have a statement of their own. */
public final class MovementStore {

    // Compare and set on version, as for refreshes: account and ledger never disagree.
    private static final String APPLY = """
            WITH moved AS (
                UPDATE credit_account a
                SET
                    plan = m.plan,
                    billing_state = m.billing_state,
                    paid_until = to_timestamp(m.paid_until),
                    refresh_day = m.refresh_day,
                    custom_allowance = m.custom_allowance,
                    allowance = m.allowance,
                    bonus = m.bonus,
                    granted_this_period = m.granted_this_period,
                    period_start = to_timestamp(m.period_start),
                    period_end = to_timestamp(m.period_end),
                    refresh_at = to_timestamp(m.refresh_at),
                    phase = m.phase,
                    version = m.version + 1
                FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS m (
                    account_id, version, plan, billing_state, paid_until, refresh_day, custom_allowance, allowance,
                    bonus, granted_this_period, period_start, period_end, refresh_at, phase,
                    type, balance_before, granted, carried, bonus_change, idempotency_key, metadata)
                WHERE a.id = m.account_id
                    AND a.version = m.version
                RETURNING m.*
            )
            INSERT INTO ledger_entry (
                account_id, seq, type, amount, balance_before, balance_after, granted, carried, bonus_change,
                period_start, actor, reason, idempotency_key, metadata, created_at)
            SELECT
                account_id,
                version + 1,
                type,
                allowance + bonus - balance_before,
                balance_before,
                allowance + bonus,
                granted,
                carried,
                bonus_change,
                to_timestamp(period_start),
                ?,
                ?,
                idempotency_key,
                metadata::jsonb,
                to_timestamp(?)
            FROM moved
            """;

    private MovementStore() {}

    /**
     * Writes movements, each only if its account still has the version that it was decided on.
     *
     * @param movements of different accounts
     * @return how many were written; fewer than given if others have moved accounts that were not locked
     */
    public static int apply(Connection connection, List<Movement> movements, Cause cause, Instant now)
            throws SQLException {
        if (movements.isEmpty()) {
            return 0;
        }
        List<Movement> inOrder = movements.stream()
                .sorted(Comparator.comparingLong(movement -> movement.before().id()))
                .toList();
        Columns<Movement> before = new Columns<>(connection, inOrder);
        Columns<Account> after =
                new Columns<>(connection, inOrder.stream().map(Movement::after).toList());
        try (var write = connection.prepareStatement(APPLY)) {
            write.setArray(1, before.longs(movement -> movement.before().id()));
            write.setArray(2, before.longs(movement -> movement.before().version()));
            write.setArray(3, after.texts(account -> account.entitlement().plan()));
            write.setArray(
                    4,
                    after.texts(account -> account.entitlement().billingState().code()));
            write.setArray(
                    5,
                    after.nullable(
                            "int8", account -> seconds(account.entitlement().paidUntil())));
            write.setArray(6, after.nullable("int4", MovementStore::refreshDay));
            write.setArray(
                    7, after.nullable("int8", account -> account.entitlement().customAllowance()));
            write.setArray(8, after.longs(account -> account.balance().allowance()));
            write.setArray(9, after.longs(account -> account.balance().bonus()));
            write.setArray(10, after.longs(Account::grantedThisPeriod));
            write.setArray(11, after.instants(account -> account.period().start()));
            write.setArray(12, after.instants(account -> account.period().end()));
            write.setArray(13, after.nullable("int8", account -> seconds(account.refreshAt())));
            write.setArray(14, after.nullable("int4", MovementStore::phase));
            write.setArray(15, before.texts(movement -> movement.type().name()));
            write.setArray(
                    16, before.longs(movement -> movement.before().balance().total()));
            write.setArray(
                    17, before.nullable("int8", movement -> movement.type().grants() ? movement.granted() : null));
            write.setArray(
                    18,
                    before.nullable(
                            "int8", movement -> movement.type() == EntryType.UPGRADE ? movement.carried() : null));
            write.setArray(19, before.longs(Movement::bonusChange));
            write.setArray(20, before.nullable("text", Movement::idempotencyKey));
            write.setArray(21, before.nullable("text", movement -> Json.write(movement.details())));
            write.setString(22, cause.actor());
            write.setString(23, cause.reason());
            write.setLong(24, now.getEpochSecond());
            return write.executeUpdate();
        }
    }

    private static @Nullable Long seconds(@Nullable Instant instant) {
        return instant == null ? null : instant.getEpochSecond();
    }

    private static @Nullable Integer refreshDay(Account account) {
        var day = account.cycle().refreshDay();
        return day.isPresent() ? day.getAsInt() : null;
    }

    private static @Nullable Integer phase(Account account) {
        Instant refreshAt = account.refreshAt();
        return refreshAt == null ? null : Phase.of(refreshAt);
    }
}
