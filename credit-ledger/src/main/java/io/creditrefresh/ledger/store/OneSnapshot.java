package io.creditrefresh.ledger.store;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Reads in a transaction of its own, {@code REPEATABLE READ READ ONLY}: all statements see the same moment. It takes no
 * lock that anybody waits for.
 */
public final class OneSnapshot {

    // The transaction's own, not the session's: the connection's defaults stay as they are.
    private static final String MODE = """
            SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY
            """;

    private OneSnapshot() {}

    /** What is read of one moment. */
    public interface Reading<T> {
        T of(Connection connection) throws SQLException;
    }

    /**
     * Reads, and ends the transaction.
     *
     * @param connection in no transaction; afterwards its modes are as they were
     */
    public static <T> T read(Connection connection, Reading<T> reading) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        try {
            connection.setAutoCommit(false);
            begin(connection);
            T read = reading.of(connection);
            end(connection, autoCommit);
            return read;
        } catch (SQLException | RuntimeException e) {
            endAfter(e, connection, autoCommit);
            throw e;
        }
    }

    private static void begin(Connection connection) throws SQLException {
        try (var set = connection.createStatement()) {
            set.execute(MODE);
        }
    }

    private static void end(Connection connection, boolean autoCommit) throws SQLException {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
    }

    private static void endAfter(Exception why, Connection connection, boolean autoCommit) {
        try {
            end(connection, autoCommit);
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }
}
