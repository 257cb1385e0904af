package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.rollout.Placement;
import io.creditrefresh.ledger.rollout.Rollout;
import io.creditrefresh.ledger.rollout.View;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a subscriber with all accounts, and writes {@code subscriber}. */
public final class SubscriberStore {

    private static final int SUBSCRIBER = 15;

    private static final String FIND = """
            SELECT
                %s,
                s.id,
                s.plan_code,
                s.billing_state,
                s.refresh_hold,
                s.refresh_day::integer,
                s.v2_override,
                date_part('epoch', s.created_at)::bigint,
                %s
            FROM subscriber s
            CROSS JOIN rollout r
            LEFT JOIN credit_account a ON a.subscriber_id = s.id
            WHERE s.user_id = ?
            """.formatted(AccountRows.COLUMNS, RolloutStore.COLUMNS);

    // In id order, as everybody who takes more than one of these locks.
    private static final String LOCK_ACCOUNTS = """
            SELECT a.id
            FROM credit_account a
            JOIN subscriber s ON s.id = a.subscriber_id
            WHERE s.user_id = ?
            ORDER BY a.id
            FOR UPDATE OF a
            """;

    private static final String UPDATE = """
            UPDATE subscriber
            SET
                plan_code = ?,
                billing_state = ?,
                refresh_hold = ?,
                refresh_day = ?,
                v2_override = ?
            WHERE id = ?
            """;

    private static final String UPDATE_EMAIL = """
            UPDATE subscriber
            SET email = ?
            WHERE id = ?
                AND email IS DISTINCT FROM ?
            """;

    private SubscriberStore() {}

    /** The subscriber of a user id, in one statement; empty if there is none. */
    public static Optional<Subscriber> find(Connection connection, String userId) throws SQLException {
        if (!isText(userId)) {
            return Optional.empty();
        }
        try (var select = connection.prepareStatement(FIND)) {
            select.setString(1, userId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(subscriber(rows, userId)) : Optional.empty();
            }
        }
    }

    /**
     * The same, with all accounts locked until the transaction ends: nobody else moves them, nor changes what decides
     * their refreshes.
     */
    public static Optional<Subscriber> lock(Connection connection, String userId) throws SQLException {
        if (!isText(userId)) {
            return Optional.empty();
        }
        // Whoever has waited for an account may find others that were opened meanwhile.
        Optional<Subscriber> found;
        int locked;
        do {
            locked = lockAccounts(connection, userId);
            found = find(connection, userId);
        } while (found.isPresent() && found.get().accounts().size() > locked);
        return found;
    }

    private static int lockAccounts(Connection connection, String userId) throws SQLException {
        try (var select = connection.prepareStatement(LOCK_ACCOUNTS)) {
            select.setString(1, userId);
            try (ResultSet rows = select.executeQuery()) {
                int locked = 0;
                while (rows.next()) {
                    locked++;
                }
                return locked;
            }
        }
    }

    /** Writes what a change makes of the subscriber itself; the accounts are locked. */
    public static void update(Connection connection, Subscriber after) throws SQLException {
        try (var update = connection.prepareStatement(UPDATE)) {
            update.setString(1, after.plan());
            update.setString(2, after.billingState().code());
            update.setBoolean(3, after.onHold());
            update.setObject(4, after.refreshDay(), Types.SMALLINT);
            update.setObject(5, after.placement().override(), Types.BOOLEAN);
            update.setLong(6, after.id());
            update.executeUpdate();
        }
    }

    public static void updateEmail(Connection connection, long subscriberId, String email) throws SQLException {
        try (var update = connection.prepareStatement(UPDATE_EMAIL)) {
            update.setString(1, email);
            update.setLong(2, subscriberId);
            update.setString(3, email);
            update.executeUpdate();
        }
    }

    /** No column holds a NUL, and half a surrogate pair would be sent as a question mark: another user's id. */
    private static boolean isText(String userId) {
        return userId.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(userId);
    }

    /** From the first of the subscriber's rows on. */
    private static Subscriber subscriber(ResultSet rows, String userId) throws SQLException {
        long id = rows.getLong(SUBSCRIBER);
        String plan = rows.getString(SUBSCRIBER + 1);
        BillingState billingState = BillingState.of(rows.getString(SUBSCRIBER + 2));
        boolean onHold = rows.getBoolean(SUBSCRIBER + 3);
        int day = rows.getInt(SUBSCRIBER + 4);
        @Nullable Integer refreshDay = rows.wasNull() ? null : day;
        @Nullable Boolean override = rows.getObject(SUBSCRIBER + 5, Boolean.class);
        Instant createdAt = Instant.ofEpochSecond(rows.getLong(SUBSCRIBER + 6));
        Rollout rollout = RolloutStore.read(rows, SUBSCRIBER + 7);
        Placement unplaced = new Placement(override, createdAt, View.V1);
        return new Subscriber(id, userId, plan, billingState, onHold, refreshDay, unplaced, accounts(rows))
                .placedBy(rollout);
    }

    private static List<Account> accounts(ResultSet rows) throws SQLException {
        List<Account> accounts = new ArrayList<>();
        do {
            rows.getLong(1);
            if (!rows.wasNull()) {
                accounts.add(AccountRows.read(rows));
            }
        } while (rows.next());
        accounts.sort(Comparator.comparing(account -> account.entitlement().kind()));
        return accounts;
    }
}
