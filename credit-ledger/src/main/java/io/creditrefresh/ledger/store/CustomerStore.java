package io.creditrefresh.ledger.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which customers of billing providers are which users: {@code billing_customer}. */
public final class CustomerStore {

    private static final String USER = """
            SELECT s.user_id
            FROM billing_customer c
            JOIN subscriber s ON s.id = c.subscriber_id
            WHERE c.provider = ?
                AND c.customer_id = ?
            """;

    private static final String CUSTOMERS = """
            SELECT c.customer_id
            FROM billing_customer c
            JOIN subscriber s ON s.id = c.subscriber_id
            WHERE c.provider = ?
                AND s.user_id = ?
            ORDER BY c.created_at, c.customer_id
            """;

    private static final String ALL = """
            SELECT provider, customer_id
            FROM billing_customer
            WHERE subscriber_id = ?
            ORDER BY provider, created_at, customer_id
            """;

    private static final String LINK = """
            INSERT INTO billing_customer (provider, customer_id, subscriber_id, created_at)
            VALUES (?, ?, ?, to_timestamp(?))
            ON CONFLICT ON CONSTRAINT customer_is_one_subscriber DO NOTHING
            """;

    private CustomerStore() {}

    /** The user whom a customer is; empty if nobody has said so. */
    public static Optional<String> userOf(Connection connection, String provider, String customerId)
            throws SQLException {
        try (var select = connection.prepareStatement(USER)) {
            select.setString(1, provider);
            select.setString(2, customerId);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    /** The customers that a user is, the first known first. */
    public static List<String> of(Connection connection, String provider, String userId) throws SQLException {
        try (var select = connection.prepareStatement(CUSTOMERS)) {
            select.setString(1, provider);
            select.setString(2, userId);
            try (ResultSet rows = select.executeQuery()) {
                List<String> customers = new ArrayList<>();
                while (rows.next()) {
                    customers.add(rows.getString(1));
                }
                return customers;
            }
        }
    }

    /** A customer of a billing provider. */
    public record Customer(String provider, String customerId) {}

    /** All customers that a subscriber is, of all providers. */
    public static List<Customer> allOf(Connection connection, long subscriberId) throws SQLException {
        try (var select = connection.prepareStatement(ALL)) {
            select.setLong(1, subscriberId);
            try (ResultSet rows = select.executeQuery()) {
                List<Customer> customers = new ArrayList<>();
                while (rows.next()) {
                    customers.add(new Customer(rows.getString(1), rows.getString(2)));
                }
                return customers;
            }
        }
    }

    /** Says who a customer is; false if that is known already, of this user or of another. */
    public static boolean link(
            Connection connection, String provider, String customerId, long subscriberId, Instant now)
            throws SQLException {
        try (var insert = connection.prepareStatement(LINK)) {
            insert.setString(1, provider);
            insert.setString(2, customerId);
            insert.setLong(3, subscriberId);
            insert.setLong(4, now.getEpochSecond());
            return insert.executeUpdate() == 1;
        }
    }
}
