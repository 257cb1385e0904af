package io.creditrefresh.ledger.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The durable inbox of billing events: {@code webhook_event}. */
public final class InboxStore {

    private static final String INSERT_ONCE = """
            INSERT INTO webhook_event (
                provider, event_id, type, occurred_at, received_at, next_attempt_at, payload)
            VALUES (?, ?, ?, to_timestamp(?), to_timestamp(?), to_timestamp(?), ?)
            ON CONFLICT ON CONSTRAINT event_is_stored_once DO NOTHING
            """;

    // Taking an event counts as an attempt, and keeps others off it for a while: whoever dies with it leaves it to
    // them.
    private static final String TAKE = """
            UPDATE webhook_event e
            SET
                attempts = e.attempts + 1,
                next_attempt_at = to_timestamp(?)
            FROM (
                SELECT id
                FROM webhook_event
                WHERE state = 'pending'
                    AND next_attempt_at <= to_timestamp(?)
                ORDER BY next_attempt_at, id
                LIMIT ?
                FOR UPDATE SKIP LOCKED) due
            WHERE e.id = due.id
            RETURNING e.id, e.provider, e.event_id, e.attempts, e.payload
            """;

    private static final String IS_OPEN = """
            SELECT state = 'pending'
            FROM webhook_event
            WHERE id = ?
            FOR UPDATE
            """;

    private static final String FINISH = """
            UPDATE webhook_event
            SET
                state = ?,
                next_attempt_at = NULL,
                processed_at = to_timestamp(?),
                customer_id = NULL,
                user_id = NULL,
                error = ?
            WHERE id = ?
                AND state = 'pending'
            """;

    private static final String WAIT = """
            UPDATE webhook_event
            SET
                state = 'waiting',
                next_attempt_at = NULL,
                customer_id = ?,
                user_id = ?,
                error = NULL
            WHERE id = ?
                AND state = 'pending'
            """;

    private static final String RETRY = """
            UPDATE webhook_event
            SET
                next_attempt_at = to_timestamp(?),
                error = ?
            WHERE id = ?
                AND state = 'pending'
            """;

    // Whom an event waits for may have become known at the moment when it began to wait, so this asks for all of them.
    private static final String WAKE = """
            UPDATE webhook_event e
            SET
                state = 'pending',
                attempts = 0,
                next_attempt_at = to_timestamp(?)
            WHERE e.state = 'waiting'
                AND (EXISTS (
                        SELECT
                        FROM billing_customer c
                        WHERE c.provider = e.provider
                            AND c.customer_id = e.customer_id)
                    OR EXISTS (
                        SELECT
                        FROM subscriber s
                        WHERE s.user_id = e.user_id))
            """;

    private static final String WAKE_ONE = """
            UPDATE webhook_event e
            SET
                state = 'pending',
                attempts = 0,
                next_attempt_at = to_timestamp(?)
            WHERE e.id IN (
                SELECT w.id
                FROM webhook_event w
                WHERE w.state = 'waiting'
                    AND w.user_id = ?
                UNION ALL
                SELECT w.id
                FROM subscriber s
                JOIN billing_customer c ON c.subscriber_id = s.id
                JOIN webhook_event w ON w.customer_id = c.customer_id
                    AND w.provider = c.provider
                    AND w.state = 'waiting'
                WHERE s.user_id = ?)
                AND e.state = 'waiting'
            """;

    // Woken and taken in one: whoever asks for the user has them processed.
    private static final String TAKE_WAITING = """
            UPDATE webhook_event e
            SET
                state = 'pending',
                attempts = 1,
                next_attempt_at = to_timestamp(?)
            WHERE e.id IN (
                SELECT id
                FROM (
                    SELECT w.id
                    FROM webhook_event w
                    WHERE w.state = 'waiting'
                        AND w.user_id = ?
                    UNION
                    SELECT w.id
                    FROM subscriber s
                    JOIN billing_customer c ON c.subscriber_id = s.id
                    JOIN webhook_event w ON w.customer_id = c.customer_id
                        AND w.provider = c.provider
                        AND w.state = 'waiting'
                    WHERE s.user_id = ?
                ) waiting
                ORDER BY id
                LIMIT 50)
                AND e.state = 'waiting'
            RETURNING e.id, e.provider, e.event_id, e.attempts, e.payload
            """;

    private static final String REPLAY = """
            UPDATE webhook_event
            SET
                state = 'pending',
                attempts = 0,
                next_attempt_at = to_timestamp(?)
            WHERE id = ?
                AND payload <> ''
            """;

    private static final String REPLAY_SINCE = """
            UPDATE webhook_event e
            SET
                state = 'pending',
                attempts = 0,
                next_attempt_at = to_timestamp(?)
            FROM (
                SELECT id
                FROM webhook_event
                WHERE id > ?
                    AND received_at >= to_timestamp(?)
                    AND state = ANY (?)
                    AND payload <> ''
                ORDER BY id
                LIMIT ?
                FOR UPDATE) found
            WHERE e.id = found.id
            RETURNING e.id
            """;

    private static final String COUNTS = """
            SELECT
                count(*) FILTER (WHERE state = 'waiting'),
                count(*) FILTER (WHERE state = 'exhausted'),
                date_part('epoch', min(received_at) FILTER (WHERE state = 'pending'))::bigint
            FROM webhook_event
            WHERE state IN ('waiting', 'exhausted', 'pending')
            """;

    private InboxStore() {}

    /**
     * An event that has been taken to be processed.
     *
     * @param attempts how often, with this time
     */
    public record Taken(long id, String provider, String eventId, int attempts, String payload) {}

    /** Stores an event, to be processed at once; false if it was stored before. */
    public static boolean insertOnce(
            Connection connection,
            String provider,
            String eventId,
            String type,
            Instant occurredAt,
            String payload,
            Instant now)
            throws SQLException {
        try (var insert = connection.prepareStatement(INSERT_ONCE)) {
            insert.setString(1, provider);
            insert.setString(2, eventId);
            insert.setString(3, type);
            insert.setLong(4, occurredAt.getEpochSecond());
            insert.setLong(5, now.getEpochSecond());
            insert.setLong(6, now.getEpochSecond());
            insert.setString(7, payload);
            return insert.executeUpdate() == 1;
        }
    }

    /** Takes events that are due, longest due first; others leave them alone for the time of the lease. */
    public static List<Taken> take(Connection connection, Instant now, Duration lease, int limit) throws SQLException {
        try (var take = connection.prepareStatement(TAKE)) {
            take.setLong(1, now.plus(lease).getEpochSecond());
            take.setLong(2, now.getEpochSecond());
            take.setInt(3, limit);
            return taken(take);
        }
    }

    /** Takes the events that wait for a user. */
    public static List<Taken> takeWaiting(Connection connection, String userId, Instant now, Duration lease)
            throws SQLException {
        try (var take = connection.prepareStatement(TAKE_WAITING)) {
            take.setLong(1, now.plus(lease).getEpochSecond());
            take.setString(2, userId);
            take.setString(3, userId);
            return taken(take);
        }
    }

    private static List<Taken> taken(PreparedStatement take) throws SQLException {
        try (ResultSet rows = take.executeQuery()) {
            List<Taken> taken = new ArrayList<>();
            while (rows.next()) {
                taken.add(new Taken(
                        rows.getLong(1), rows.getString(2), rows.getString(3), rows.getInt(4), rows.getString(5)));
            }
            return taken;
        }
    }

    /** Locks an event; false if it is not to be processed any more. */
    public static boolean lockOpen(Connection connection, long id) throws SQLException {
        try (var select = connection.prepareStatement(IS_OPEN)) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** How an event ends. */
    public enum End {
        PROCESSED("processed"),
        /** Of a type that nobody asked for. */
        IGNORED("ignored"),
        /** Given up. */
        EXHAUSTED("exhausted");

        private final String code;

        End(String code) {
            this.code = code;
        }
    }

    /** Ends an event; in the transaction of its effect, if it has one. */
    public static void finish(Connection connection, long id, End end, @Nullable String error, Instant now)
            throws SQLException {
        try (var update = connection.prepareStatement(FINISH)) {
            update.setString(1, end.code);
            update.setLong(2, now.getEpochSecond());
            update.setString(3, error);
            update.setLong(4, id);
            update.executeUpdate();
        }
    }

    /** Lays an event aside until its customer or user is known. */
    public static void await(Connection connection, long id, @Nullable String customerId, @Nullable String userId)
            throws SQLException {
        try (var update = connection.prepareStatement(WAIT)) {
            update.setString(1, customerId);
            update.setString(2, userId);
            update.setLong(3, id);
            update.executeUpdate();
        }
    }

    /** Has an event tried again. */
    public static void retry(Connection connection, long id, Instant at, @Nullable String error) throws SQLException {
        try (var update = connection.prepareStatement(RETRY)) {
            update.setLong(1, at.getEpochSecond());
            update.setString(2, error);
            update.setLong(3, id);
            update.executeUpdate();
        }
    }

    /** Has events processed whose customer or user has become known; returns how many. */
    public static int wake(Connection connection, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(WAKE)) {
            update.setLong(1, now.getEpochSecond());
            return update.executeUpdate();
        }
    }

    /** The same for one user; returns how many. */
    public static int wake(Connection connection, String userId, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(WAKE_ONE)) {
            update.setLong(1, now.getEpochSecond());
            update.setString(2, userId);
            update.setString(3, userId);
            return update.executeUpdate();
        }
    }

    /**
     * What is in the inbox and not done.
     *
     * @param waiting for users to be provisioned
     * @param exhausted given up
     * @param oldestPendingSeconds how long ago the oldest one was received that is still to be processed; 0 without one
     */
    public record Counts(long waiting, long exhausted, long oldestPendingSeconds) {}

    /** Counts what is not done; reads nothing of what is. */
    public static Counts counts(Connection connection, Instant now) throws SQLException {
        try (var select = connection.prepareStatement(COUNTS);
                ResultSet row = select.executeQuery()) {
            row.next();
            long receivedAt = row.getLong(3);
            long oldestSeconds = row.wasNull() ? 0 : Math.max(0, now.getEpochSecond() - receivedAt);
            return new Counts(row.getLong(1), row.getLong(2), oldestSeconds);
        }
    }

    /** Has an event processed once more, whatever became of it; false if there is none, or nothing is left of it. */
    public static boolean replay(Connection connection, long id, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(REPLAY)) {
            update.setLong(1, now.getEpochSecond());
            update.setLong(2, id);
            return update.executeUpdate() == 1;
        }
    }

    /**
     * The same for a page of those that were received since an instant and are in one of the states.
     *
     * @return their ids
     */
    public static List<Long> replaySince(
            Connection connection, Instant since, List<String> states, long afterId, int limit, Instant now)
            throws SQLException {
        try (var update = connection.prepareStatement(REPLAY_SINCE)) {
            update.setLong(1, now.getEpochSecond());
            update.setLong(2, afterId);
            update.setLong(3, since.getEpochSecond());
            update.setArray(4, connection.createArrayOf("text", states.toArray()));
            update.setInt(5, limit);
            try (ResultSet rows = update.executeQuery()) {
                List<Long> ids = new ArrayList<>();
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
                return ids;
            }
        }
    }
}
