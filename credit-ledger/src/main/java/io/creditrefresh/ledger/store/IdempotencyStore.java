package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.movement.WriteRequest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the answers to writes that have had their effect: {@code idempotency}. */
public final class IdempotencyStore {

    /** The scope of writes that began before there was a subscriber. */
    public static final long NO_SUBSCRIBER = 0;

    private static final String FIND = """
            SELECT encode(request_hash, 'hex'), answer
            FROM idempotency
            WHERE scope = ?
                AND key = ?
            """;

    private static final String KEEP = """
            INSERT INTO idempotency (scope, key, request_hash, answer, created_at)
            VALUES (?, ?, decode(?, 'hex'), ?, to_timestamp(?))
            """;

    private static final String FORGET = """
            DELETE FROM idempotency
            WHERE (scope, key) IN (
                SELECT scope, key
                FROM idempotency
                WHERE created_at < to_timestamp(?)
                LIMIT ?)
            """;

    private IdempotencyStore() {}

    /**
     * An earlier write under the same key.
     *
     * @param isSame whether it asked for the same
     * @param answer what it was answered; null if its entries tell
     */
    public record Earlier(boolean isSame, @Nullable String answer) {}

    public static Optional<Earlier> find(Connection connection, long scope, WriteRequest request) throws SQLException {
        try (var select = connection.prepareStatement(FIND)) {
            select.setLong(1, scope);
            select.setString(2, request.key());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Earlier(request.hash().equals(row.getString(1)), row.getString(2)))
                        : Optional.empty();
            }
        }
    }

    /** Keeps an answer, in the transaction of its effect; of two under one key the second fails (SQLSTATE 23505). */
    public static void keep(
            Connection connection, long scope, WriteRequest request, @Nullable String answer, Instant now)
            throws SQLException {
        try (var insert = connection.prepareStatement(KEEP)) {
            insert.setLong(1, scope);
            insert.setString(2, request.key());
            insert.setString(3, request.hash());
            insert.setString(4, answer);
            insert.setLong(5, now.getEpochSecond());
            insert.executeUpdate();
        }
    }

    /** Removes answers from before an instant, so many at once; returns how many. */
    public static int forget(Connection connection, Instant before, int limit) throws SQLException {
        try (var delete = connection.prepareStatement(FORGET)) {
            delete.setLong(1, before.getEpochSecond());
            delete.setInt(2, limit);
            return delete.executeUpdate();
        }
    }
}
