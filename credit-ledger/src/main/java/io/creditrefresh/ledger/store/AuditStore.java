package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.movement.Deed;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes {@code audit_entry}: who did what by their privileges. */
public final class AuditStore {

    private static final String INSERT = """
            INSERT INTO audit_entry (subscriber_id, actor, role, action, reason, before, after, created_at)
            VALUES (?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, to_timestamp(?))
            """;

    private AuditStore() {}

    /**
     * Notes a deed in its own transaction.
     *
     * @param subscriberId null if it concerns no single one
     */
    public static void insert(
            Connection connection,
            @Nullable Long subscriberId,
            Deed deed,
            Map<String, ? extends @Nullable Object> before,
            Map<String, ? extends @Nullable Object> after,
            Instant now)
            throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, subscriberId, Types.BIGINT);
            insert.setString(2, deed.actor());
            insert.setString(3, deed.role());
            insert.setString(4, deed.action());
            insert.setString(5, deed.reason());
            insert.setString(6, Json.write(before));
            insert.setString(7, Json.write(after));
            insert.setLong(8, now.getEpochSecond());
            insert.executeUpdate();
        }
    }
}
