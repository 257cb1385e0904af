package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.message.CreditEvent;
import io.creditrefresh.ledger.message.CreditEventType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and removes {@code credit_event}: what waits to be sent. Its rows are written by the database's triggers. */
public final class EventStore {

    /** Where a count of what waits ends. */
    public static final long MOST_COUNTED = 1_000_000;

    // A number of ours, for nothing else; held by the session, so that it is free when its instance is gone.
    private static final String LOCK = """
            SELECT pg_try_advisory_lock(7720003)
            """;

    private static final String UNLOCK = """
            SELECT pg_advisory_unlock(7720003)
            """;

    private static final String OLDEST = """
            SELECT
                v.id,
                v.type,
                v.account_id,
                s.user_id,
                a.kind,
                v.seq,
                e.type,
                date_part('epoch', e.created_at)::bigint,
                e.amount,
                e.balance_after,
                coalesce(e.granted, 0),
                coalesce(e.lapsed, 0),
                coalesce(e.carried, 0),
                v.period_limit,
                date_part('epoch', e.period_start)::bigint,
                date_part('epoch', v.period_end)::bigint,
                v.plan_before,
                v.plan
            FROM (
                SELECT id, type, account_id, seq, period_limit, period_end, plan_before, plan
                FROM credit_event
                ORDER BY id
                LIMIT ?
            ) v
            JOIN ledger_entry e ON e.account_id = v.account_id AND e.seq = v.seq
            JOIN credit_account a ON a.id = v.account_id
            JOIN subscriber s ON s.id = a.subscriber_id
            ORDER BY v.id
            """;

    private static final String REMOVE = """
            DELETE FROM credit_event
            WHERE id = ANY (?)
            """;

    private static final String WAITING = """
            SELECT
                (
                    SELECT count(*)
                    FROM (SELECT FROM credit_event LIMIT ?) counted
                ),
                (
                    SELECT date_part('epoch', e.created_at)::bigint
                    FROM (SELECT account_id, seq FROM credit_event ORDER BY id LIMIT 1) v
                    JOIN ledger_entry e ON e.account_id = v.account_id AND e.seq = v.seq
                )
            """;

    private EventStore() {}

    /**
     * What waits to be sent.
     *
     * @param events how many, counted to {@link #MOST_COUNTED}
     * @param oldest when the first of them happened
     */
    public record Waiting(long events, Optional<Instant> oldest) {}

    /** Whether this connection may send now; if so, {@link #unlock} it afterwards. */
    public static boolean tryLock(Connection connection) throws SQLException {
        try (var lock = connection.prepareStatement(LOCK);
                ResultSet row = lock.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    public static void unlock(Connection connection) throws SQLException {
        try (var unlock = connection.prepareStatement(UNLOCK)) {
            unlock.executeQuery().close();
        }
    }

    /** The first of what waits; those of each account in the order of its entries, and none left out between them. */
    public static List<CreditEvent> oldest(Connection connection, int limit) throws SQLException {
        try (var select = connection.prepareStatement(OLDEST)) {
            select.setInt(1, limit);
            try (ResultSet rows = select.executeQuery()) {
                List<CreditEvent> events = new ArrayList<>();
                while (rows.next()) {
                    events.add(event(rows));
                }
                return events;
            }
        }
    }

    /** Forgets what has been sent. */
    public static void remove(Connection connection, List<CreditEvent> sent) throws SQLException {
        try (var delete = connection.prepareStatement(REMOVE)) {
            delete.setArray(
                    1,
                    Columns.longs(
                            connection,
                            sent.stream().mapToLong(CreditEvent::place).toArray()));
            delete.executeUpdate();
        }
    }

    public static Waiting waiting(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(WAITING)) {
            select.setLong(1, MOST_COUNTED);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                long events = row.getLong(1);
                long oldest = row.getLong(2);
                return new Waiting(
                        events, row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(oldest)));
            }
        }
    }

    private static CreditEvent event(ResultSet row) throws SQLException {
        return new CreditEvent(
                row.getLong(1),
                CreditEventType.of(row.getString(2)),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                row.getString(7),
                Instant.ofEpochSecond(row.getLong(8)),
                new CreditEvent.Amounts(
                        row.getLong(9), row.getLong(10), row.getLong(11), row.getLong(12), row.getLong(13)),
                row.getLong(14),
                Instant.ofEpochSecond(row.getLong(15)),
                Instant.ofEpochSecond(row.getLong(16)),
                row.getString(17),
                row.getString(18));
    }
}
