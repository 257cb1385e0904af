package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.billing.BillingBook;
import io.creditrefresh.ledger.billing.BillingChange;
import io.creditrefresh.ledger.billing.BillingClock;
import io.creditrefresh.ledger.billing.ClaimKey;
import io.creditrefresh.ledger.billing.OpenedAccount;
import io.creditrefresh.ledger.billing.PlanGrant;
import io.creditrefresh.ledger.billing.SettledClaim;
import io.creditrefresh.ledger.provider.Snapshot;
import io.creditrefresh.ledger.provider.SubscriptionKey;
import io.creditrefresh.ledger.schedule.Period;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes what is known of a subscriber's billing. */
public final class BillingStore {

    private static final String CLAIMS = """
            SELECT
                account_id,
                provider,
                subscription_id,
                date_part('epoch', provider_period_start)::bigint,
                plan,
                date_part('epoch', claimed_at)::bigint,
                granted,
                seq
            FROM billing_claim
            WHERE account_id = ANY (?)
            """;

    private static final String CLOCKS = """
            SELECT
                account_id,
                base_seq,
                base_granted,
                date_part('epoch', base_start)::bigint,
                date_part('epoch', base_end)::bigint,
                date_part('epoch', set_start)::bigint,
                date_part('epoch', set_end)::bigint
            FROM billing_clock
            WHERE account_id = ANY (?)
            """;

    // A claim's own grant has a key. A provisioning of an older version does not tell its plan: it is the one that the
    // first change of plan has left.
    private static final String PLAN_GRANTS = """
            SELECT
                e.account_id,
                e.seq,
                CASE
                    WHEN e.type <> 'IMPORT' THEN coalesce(
                        e.metadata ->> 'plan',
                        (
                            SELECT n.metadata ->> 'planBefore'
                            FROM ledger_entry n
                            WHERE n.account_id = e.account_id
                                AND n.seq > e.seq
                                AND (n.metadata ->> 'planBefore') IS NOT NULL
                            ORDER BY n.seq
                            LIMIT 1
                        ),
                        a.plan)
                END,
                date_part('epoch', e.created_at)::bigint
            FROM ledger_entry e
            JOIN credit_account a ON a.id = e.account_id
            WHERE e.account_id = ANY (?)
                AND e.type IN ('PROVISION', 'IMPORT', 'UPGRADE', 'SYNC')
                AND e.idempotency_key IS NULL
            """;

    private static final String SETTLE = """
            INSERT INTO billing_claim (
                account_id, provider, subscription_id, provider_period_start, plan, claimed_at, granted, seq)
            VALUES (?, ?, ?, to_timestamp(?), ?, to_timestamp(?), ?, ?)
            ON CONFLICT ON CONSTRAINT claim_is_settled_once DO UPDATE
            SET claimed_at = EXCLUDED.claimed_at
            """;

    private static final String SET_CLOCK = """
            INSERT INTO billing_clock (
                account_id, base_seq, base_granted, base_start, base_end, set_start, set_end)
            VALUES (?, ?, ?, to_timestamp(?), to_timestamp(?), to_timestamp(?), to_timestamp(?))
            ON CONFLICT ON CONSTRAINT one_clock_per_account DO UPDATE
            SET
                base_seq = EXCLUDED.base_seq,
                base_granted = EXCLUDED.base_granted,
                base_start = EXCLUDED.base_start,
                base_end = EXCLUDED.base_end,
                set_start = EXCLUDED.set_start,
                set_end = EXCLUDED.set_end
            """;

    private BillingStore() {}

    /** All that is known of a subscriber's billing. */
    public static BillingBook read(Connection connection, Subscriber subscriber) throws SQLException {
        long[] accounts = subscriber.accounts().stream().mapToLong(Account::id).toArray();
        return new BillingBook(
                ProviderStore.history(connection, subscriber.id()),
                claims(connection, accounts),
                clocks(connection, accounts),
                planGrants(connection, accounts));
    }

    /** Writes what a change adds, but for its movements; the accounts are locked. */
    public static void write(Connection connection, BillingChange change, List<Snapshot> told) throws SQLException {
        ProviderStore.add(
                connection, change.change().before().id(), told, change.book().history());
        for (SettledClaim claim : change.settled()) {
            settle(connection, claim);
        }
        for (Map.Entry<Long, BillingClock> clock : change.clocks().entrySet()) {
            set(connection, clock.getKey(), clock.getValue());
        }
    }

    /** Writes what is to be known of an account that was opened in this transaction. */
    public static void write(Connection connection, OpenedAccount opened) throws SQLException {
        for (SettledClaim claim : opened.settled()) {
            settle(connection, claim);
        }
        if (opened.clock().isPresent()) {
            set(connection, opened.accountId(), opened.clock().get());
        }
    }

    private static List<SettledClaim> claims(Connection connection, long[] accounts) throws SQLException {
        try (var select = connection.prepareStatement(CLAIMS)) {
            select.setArray(1, Columns.longs(connection, accounts));
            try (ResultSet rows = select.executeQuery()) {
                List<SettledClaim> claims = new ArrayList<>();
                while (rows.next()) {
                    ClaimKey key = new ClaimKey(
                            new SubscriptionKey(rows.getString(2), rows.getString(3)),
                            instant(rows, 4),
                            rows.getString(5));
                    claims.add(
                            new SettledClaim(rows.getLong(1), key, instant(rows, 6), rows.getLong(7), rows.getLong(8)));
                }
                return claims;
            }
        }
    }

    private static Map<Long, BillingClock> clocks(Connection connection, long[] accounts) throws SQLException {
        try (var select = connection.prepareStatement(CLOCKS)) {
            select.setArray(1, Columns.longs(connection, accounts));
            try (ResultSet rows = select.executeQuery()) {
                Map<Long, BillingClock> clocks = new HashMap<>();
                while (rows.next()) {
                    clocks.put(
                            rows.getLong(1),
                            new BillingClock(
                                    rows.getLong(2),
                                    new Period(instant(rows, 4), instant(rows, 5)),
                                    rows.getLong(3),
                                    new Period(instant(rows, 6), instant(rows, 7))));
                }
                return clocks;
            }
        }
    }

    private static List<PlanGrant> planGrants(Connection connection, long[] accounts) throws SQLException {
        try (var select = connection.prepareStatement(PLAN_GRANTS)) {
            select.setArray(1, Columns.longs(connection, accounts));
            try (ResultSet rows = select.executeQuery()) {
                List<PlanGrant> grants = new ArrayList<>();
                while (rows.next()) {
                    grants.add(new PlanGrant(rows.getLong(1), rows.getLong(2), rows.getString(3), instant(rows, 4)));
                }
                return grants;
            }
        }
    }

    private static void settle(Connection connection, SettledClaim claim) throws SQLException {
        try (var write = connection.prepareStatement(SETTLE)) {
            write.setLong(1, claim.accountId());
            write.setString(2, claim.key().subscription().provider());
            write.setString(3, claim.key().subscription().id());
            write.setLong(4, claim.key().periodStart().getEpochSecond());
            write.setString(5, claim.key().plan());
            write.setLong(6, claim.at().getEpochSecond());
            write.setLong(7, claim.granted());
            write.setLong(8, claim.seq());
            write.executeUpdate();
        }
    }

    private static void set(Connection connection, long accountId, BillingClock clock) throws SQLException {
        try (var write = connection.prepareStatement(SET_CLOCK)) {
            write.setLong(1, accountId);
            write.setLong(2, clock.baseSeq());
            write.setLong(3, clock.baseGranted());
            write.setLong(4, clock.base().start().getEpochSecond());
            write.setLong(5, clock.base().end().getEpochSecond());
            write.setLong(6, clock.set().start().getEpochSecond());
            write.setLong(7, clock.set().end().getEpochSecond());
            write.executeUpdate();
        }
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return Instant.ofEpochSecond(row.getLong(column));
    }
}
