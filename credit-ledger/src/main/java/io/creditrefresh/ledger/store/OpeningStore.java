package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.subscription.Opening;
import io.creditrefresh.ledger.subscription.PeriodTerms;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens accounts, each with its first entry: with a subscriber who is new, or for one who has others. */
public final class OpeningStore {

    private static final String INSERT_ONCE = """
            WITH new_subscriber AS (
                INSERT INTO subscriber (user_id, email, plan_code, created_at)
                VALUES (?, ?, ?, to_timestamp(?))
                ON CONFLICT ON CONSTRAINT user_id_is_unique DO NOTHING
                RETURNING id, plan_code, created_at
            ),
            new_account AS (
                INSERT INTO credit_account (
                    subscriber_id, kind, plan, allowance, bonus, granted_this_period, period_start, period_end,
                    refresh_at, phase, version)
                SELECT
                    id, ?, plan_code, ?, 0, ?, to_timestamp(?), to_timestamp(?), to_timestamp(?), ?, 1
                FROM new_subscriber
                RETURNING id, subscriber_id, plan, allowance, period_start
            ),
            new_entry AS (
                INSERT INTO ledger_entry (
                    account_id, seq, type, amount, balance_before, balance_after, granted, bonus_change, period_start,
                    actor, metadata, created_at)
                SELECT
                    id, 1, 'PROVISION', allowance, 0, allowance, allowance, 0, period_start, ?,
                    jsonb_build_object('plan', plan), to_timestamp(?)
                FROM new_account
            )
            SELECT subscriber_id
            FROM new_account
            """;

    private static final String INSERT_ACCOUNT = """
            WITH new_account AS (
                INSERT INTO credit_account (
                    subscriber_id, kind, plan, billing_state, paid_until, refresh_day, allowance, bonus,
                    granted_this_period, period_start, period_end, refresh_at, phase, version)
                VALUES (
                    ?, ?, ?, ?, to_timestamp(?), ?, ?, 0, ?, to_timestamp(?), to_timestamp(?), to_timestamp(?), ?, 1)
                ON CONFLICT ON CONSTRAINT one_account_per_subscriber_and_kind DO NOTHING
                RETURNING id, plan, allowance, period_start
            )
            INSERT INTO ledger_entry (
                account_id, seq, type, amount, balance_before, balance_after, granted, bonus_change, period_start,
                actor, metadata, created_at)
            SELECT
                id, 1, 'PROVISION', allowance, 0, allowance, allowance, 0, period_start, ?,
                jsonb_build_object('plan', plan), to_timestamp(?)
            FROM new_account
            """;

    // What an upgrade has replaced is not of the period that it began. One branch per index.
    private static final String PERIOD_TERMS = """
            SELECT
                metadata ->> 'plan',
                metadata ->> 'planBefore',
                coalesce(metadata ->> 'billingState' = 'cancelled', false)
            FROM ledger_entry
            WHERE account_id = ?
                AND period_start = to_timestamp(?)
                AND type IN ('DOWNGRADE', 'SETTINGS')
            UNION ALL
            SELECT
                metadata ->> 'plan',
                NULL,
                false
            FROM ledger_entry
            WHERE account_id = ?
                AND period_start = to_timestamp(?)
                AND type IN ('PROVISION', 'IMPORT', 'UPGRADE', 'SYNC')
            """;

    private OpeningStore() {}

    /** What an account's entries tell of its present period. */
    public static PeriodTerms periodTerms(Connection connection, Account account) throws SQLException {
        Set<String> plans = new HashSet<>(Set.of(account.entitlement().plan()));
        boolean isCancelledWithin = false;
        try (var select = connection.prepareStatement(PERIOD_TERMS)) {
            for (int parameter = 1; parameter <= 3; parameter += 2) {
                select.setLong(parameter, account.id());
                select.setLong(parameter + 1, account.period().start().getEpochSecond());
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    for (int column = 1; column <= 2; column++) {
                        @Nullable String plan = rows.getString(column);
                        if (plan != null) {
                            plans.add(plan);
                        }
                    }
                    isCancelledWithin |= rows.getBoolean(3);
                }
            }
        }
        return new PeriodTerms(plans, isCancelledWithin);
    }

    /** Inserts an account that a known subscriber does not have yet, with its first entry; nothing if it is there. */
    public static void insertAccount(
            Connection connection, Subscriber subscriber, Account account, String actor, Instant now)
            throws SQLException {
        @Nullable Instant paidUntil = account.entitlement().paidUntil();
        @Nullable Instant refreshAt = account.refreshAt();
        try (var insert = connection.prepareStatement(INSERT_ACCOUNT)) {
            insert.setLong(1, subscriber.id());
            insert.setString(2, account.kind().code());
            insert.setString(3, account.entitlement().plan());
            insert.setString(4, account.entitlement().billingState().code());
            insert.setObject(5, paidUntil == null ? null : paidUntil.getEpochSecond(), Types.BIGINT);
            insert.setObject(6, subscriber.refreshDay(), Types.SMALLINT);
            insert.setLong(7, account.balance().allowance());
            insert.setLong(8, account.grantedThisPeriod());
            insert.setLong(9, account.period().start().getEpochSecond());
            insert.setLong(10, account.period().end().getEpochSecond());
            insert.setObject(11, refreshAt == null ? null : refreshAt.getEpochSecond(), Types.BIGINT);
            insert.setObject(12, refreshAt == null ? null : Phase.of(refreshAt), Types.INTEGER);
            insert.setString(13, actor);
            insert.setLong(14, now.getEpochSecond());
            insert.executeUpdate();
        }
    }

    /**
     * Inserts the user unless there is one of this id.
     *
     * @return the new subscriber's id; empty if another was first
     */
    public static OptionalLong insertOnce(
            Connection connection, Opening opening, @Nullable String email, String actor, Instant now)
            throws SQLException {
        try (var insert = connection.prepareStatement(INSERT_ONCE)) {
            insert.setString(1, opening.userId());
            insert.setString(2, email);
            insert.setString(3, opening.plan());
            insert.setLong(4, now.getEpochSecond());
            insert.setString(5, opening.kind().code());
            insert.setLong(6, opening.balance().allowance());
            insert.setLong(7, opening.balance().allowance());
            insert.setLong(8, opening.period().start().getEpochSecond());
            insert.setLong(9, opening.period().end().getEpochSecond());
            insert.setLong(10, opening.refreshAt().getEpochSecond());
            insert.setInt(11, Phase.of(opening.refreshAt()));
            insert.setString(12, actor);
            insert.setLong(13, now.getEpochSecond());
            try (ResultSet row = insert.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }
}
