package io.creditrefresh.ledger.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Takes away what tells who a subscriber is. The caller has locked their accounts. */
public final class AnonymityStore {

    private static final String RENAME = """
            UPDATE subscriber
            SET
                user_id = ?,
                email = NULL,
                refresh_hold = true,
                billing_state = 'cancelled'
            WHERE id = ?
            """;

    private static final String EMPTY_EVENTS = """
            UPDATE webhook_event
            SET
                payload = '',
                state = CASE WHEN state IN ('pending', 'waiting') THEN 'ignored' ELSE state END,
                next_attempt_at = NULL,
                processed_at = coalesce(processed_at, to_timestamp(?)),
                customer_id = NULL,
                user_id = NULL,
                error = 'the user is anonymised'
            WHERE subscriber_id = ?
            """;

    private static final String FORGET_CLAIMS = """
            DELETE FROM billing_claim
            WHERE account_id IN (
                SELECT id
                FROM credit_account
                WHERE subscriber_id = ?)
            """;

    private static final List<String> FORGET = List.of(FORGET_CLAIMS, """
            DELETE FROM provider_subscription
            WHERE subscriber_id = ?
            """, """
            DELETE FROM provider_snapshot
            WHERE subscriber_id = ?
            """, """
            DELETE FROM billing_customer
            WHERE subscriber_id = ?
            """, """
            DELETE FROM idempotency
            WHERE scope = ?
            """);

    // The answers to who brought the user in, or has named them in a job, which would be given again to who brings in
    // another user of this id.
    private static final String FORGET_PROVISIONING = """
            DELETE FROM idempotency
            WHERE scope = ?
                AND (position(? IN answer) > 0
                    OR position('"unknownUsers"' IN answer) > 0 AND position(? IN answer) > 0)
            """;

    private static final String FORGET_IN_JOBS = """
            UPDATE bulk_job
            SET
                wish = CASE
                    WHEN wish -> 'userIds' IS NOT NULL THEN jsonb_set(wish, '{userIds}', (wish -> 'userIds') - u.user_id)
                    ELSE wish
                END,
                unknown_users = array_remove(unknown_users, u.user_id)
            FROM (SELECT ?::text) AS u (user_id)
            WHERE wish -> 'userIds' @> to_jsonb(u.user_id)
                OR u.user_id = ANY (unknown_users)
            """;

    private static final String RENAME_FINDINGS = """
            UPDATE verification_finding
            SET user_id = ?
            WHERE user_id = ?
            """;

    private AnonymityStore() {}

    /** Gives a subscriber another id, for good, and takes them off the schedule and out of billing. */
    public static void rename(Connection connection, long subscriberId, String userId, String anonymousId)
            throws SQLException {
        try (var update = connection.prepareStatement(RENAME)) {
            update.setString(1, anonymousId);
            update.setLong(2, subscriberId);
            update.executeUpdate();
        }
        try (var update = connection.prepareStatement(RENAME_FINDINGS)) {
            update.setString(1, anonymousId);
            update.setString(2, userId);
            update.executeUpdate();
        }
    }

    /** Empties the events that are about a subscriber; what is not done of them is not done any more. */
    public static void emptyEvents(Connection connection, long subscriberId, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(EMPTY_EVENTS)) {
            update.setLong(1, now.getEpochSecond());
            update.setLong(2, subscriberId);
            update.executeUpdate();
        }
    }

    /** Removes what providers have told, who is which customer, and kept answers. */
    public static void forget(Connection connection, long subscriberId, String userId) throws SQLException {
        for (String statement : FORGET) {
            try (var delete = connection.prepareStatement(statement)) {
                delete.setLong(1, subscriberId);
                delete.executeUpdate();
            }
        }
        try (var delete = connection.prepareStatement(FORGET_PROVISIONING)) {
            delete.setLong(1, IdempotencyStore.NO_SUBSCRIBER);
            delete.setString(2, "\"userId\":" + EventOwnerStore.jsonText(userId));
            delete.setString(3, EventOwnerStore.jsonText(userId));
            delete.executeUpdate();
        }
        try (var update = connection.prepareStatement(FORGET_IN_JOBS)) {
            update.setString(1, userId);
            update.executeUpdate();
        }
    }
}
