package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.control.Controls;
import io.creditrefresh.ledger.control.Halt;
import io.creditrefresh.ledger.control.Subject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Reads and writes {@code control}. */
public final class ControlStore {

    private static final String READ = """
            SELECT subject, note, actor, date_part('epoch', since)::bigint
            FROM control
            """;

    private static final String STOP = """
            INSERT INTO control (subject, note, actor, since)
            VALUES (?, ?, ?, to_timestamp(?))
            ON CONFLICT ON CONSTRAINT one_halt_per_subject DO UPDATE
            SET note = excluded.note, actor = excluded.actor, since = excluded.since
            """;

    private static final String START = """
            DELETE FROM control
            WHERE subject = ?
            """;

    private ControlStore() {}

    /** What is stopped now. */
    public static Controls read(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(READ);
                ResultSet rows = select.executeQuery()) {
            Map<Subject, Halt> halts = new EnumMap<>(Subject.class);
            while (rows.next()) {
                halts.put(
                        Subject.of(rows.getString(1)),
                        new Halt(rows.getString(2), rows.getString(3), Instant.ofEpochSecond(rows.getLong(4))));
            }
            return new Controls(halts);
        }
    }

    /** Stops it, or tells anew why it is stopped. */
    public static void stop(Connection connection, Subject subject, Halt halt) throws SQLException {
        try (var insert = connection.prepareStatement(STOP)) {
            insert.setString(1, subject.code());
            insert.setString(2, halt.note());
            insert.setString(3, halt.by());
            insert.setLong(4, halt.since().getEpochSecond());
            insert.executeUpdate();
        }
    }

    /** Lets it go on. */
    public static void start(Connection connection, Subject subject) throws SQLException {
        try (var delete = connection.prepareStatement(START)) {
            delete.setString(1, subject.code());
            delete.executeUpdate();
        }
    }
}
