package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.store.CustomerStore.Customer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Whom events in the inbox concern: {@code webhook_event.subscriber_id}. */
public final class EventOwnerStore {

    private static final String CONCERNS = """
            UPDATE webhook_event
            SET subscriber_id = ?
            WHERE id = ?
            """;

    private static final String CONCERNS_CUSTOMER = """
            UPDATE webhook_event e
            SET subscriber_id = c.subscriber_id
            FROM billing_customer c
            WHERE e.id = ?
                AND c.provider = e.provider
                AND c.customer_id = ?
            """;

    // An event that was not applied to anybody says only in its payload whom it is about. There are few of them.
    private static final String NAMING = """
            UPDATE webhook_event
            SET subscriber_id = ?
            WHERE subscriber_id IS NULL
                AND state IN ('pending', 'waiting', 'ignored', 'exhausted')
                AND (provider = ? OR ? = '')
                AND payload ~ ?
            """;

    private EventOwnerStore() {}

    /** Notes whom an event concerned. */
    public static void concerns(Connection connection, long eventId, long subscriberId) throws SQLException {
        try (var update = connection.prepareStatement(CONCERNS)) {
            update.setLong(1, subscriberId);
            update.setLong(2, eventId);
            update.executeUpdate();
        }
    }

    /** The same of a provider's customer, if it is known whose. */
    public static void concernsCustomer(Connection connection, long eventId, String customerId) throws SQLException {
        try (var update = connection.prepareStatement(CONCERNS_CUSTOMER)) {
            update.setLong(1, eventId);
            update.setString(2, customerId);
            update.executeUpdate();
        }
    }

    /** Finds the events that were applied to nobody and name a subscriber, or a customer that they are. */
    public static void findNaming(Connection connection, long subscriberId, String userId) throws SQLException {
        findNaming(connection, subscriberId, "", "(client_reference_id|userId)", userId);
        for (Customer customer : CustomerStore.allOf(connection, subscriberId)) {
            findNaming(
                    connection, subscriberId, customer.provider(), "(customer|customerId|id)", customer.customerId());
        }
    }

    /**
     * Of one field.
     *
     * @param provider empty: of all of them
     * @param field a regular expression
     */
    private static void findNaming(
            Connection connection, long subscriberId, String provider, String field, String value) throws SQLException {
        try (var update = connection.prepareStatement(NAMING)) {
            update.setLong(1, subscriberId);
            update.setString(2, provider);
            update.setString(3, provider);
            update.setString(4, "\"" + field + "\"\\s*:\\s*" + literally(jsonText(value)));
            update.executeUpdate();
        }
    }

    /** A text as JSON has it, with its quotes. */
    static String jsonText(String text) {
        String object = String.valueOf(Json.write(Map.of("", text)));
        return object.substring(object.indexOf(':') + 1, object.length() - 1);
    }

    /** A regular expression of Postgres that matches a text and nothing else. */
    private static String literally(String text) {
        return text.replaceAll("([^\\p{L}\\p{N}\\s])", "\\\\$1");
    }
}
