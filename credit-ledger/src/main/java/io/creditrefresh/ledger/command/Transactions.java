package io.creditrefresh.ledger.command;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import javax.sql.DataSource;

/** Runs work in one transaction each, and again when somebody else's lock was in its way. */
final class Transactions {

    /** The first one and three more. */
    private static final int ATTEMPTS = 4;

    // Lock timeout, deadlock, serialization failure.
    private static final Set<String> LOCKS = Set.of("55P03", "40P01", "40001");

    private final DataSource database;

    Transactions(DataSource database) {
        this.database = database;
    }

    /** What is done on a connection, which commits it if nothing is thrown. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    <T> T run(Work<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !LOCKS.contains(String.valueOf(e.getSQLState()))) {
                    throw e;
                }
            }
        }
    }

    /** One statement, which is its own transaction, and again as above. */
    <T> T runAutocommitted(Work<T> statement) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = database.getConnection()) {
                return statement.on(connection);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !LOCKS.contains(String.valueOf(e.getSQLState()))) {
                    throw e;
                }
            }
        }
    }

    private <T> T once(Work<T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private static void rollBack(Connection connection, Exception why) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is gone, and with it the transaction.
            why.addSuppressed(e);
        }
    }
}
