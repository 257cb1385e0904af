package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.account.Subscriber;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads a subscriber with all accounts. */
public final class SubscriberStore {

    private static final int SUBSCRIBER = 15;

    private static final String FIND = """
            SELECT
                %s,
                s.id,
                s.plan_code,
                s.billing_state,
                s.refresh_hold
            FROM subscriber s
            LEFT JOIN credit_account a ON a.subscriber_id = s.id
            WHERE s.user_id = ?
            """.formatted(AccountRows.COLUMNS);

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
        return new Subscriber(id, userId, plan, billingState, onHold, accounts(rows));
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
