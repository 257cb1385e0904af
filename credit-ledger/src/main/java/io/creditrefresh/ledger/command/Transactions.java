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

    // Transaction rolled back, whatever the reason; lock timeout.
    private static final Set<String> LOCK_CLASSES = Set.of("40", "55P03");

    // Data exception, integrity constraint violation.
    private static final Set<String> REFUSAL_CLASSES = Set.of("22", "23");

    private static final String UNIQUE_VIOLATION = "23505";

    private final DataSource database;

    Transactions(DataSource database) {
        this.database = database;
    }

    /** What is done on a connection, which commits it if nothing is thrown. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Whether another one came first, with the same key. */
    static boolean isTaken(SQLException e) {
        return UNIQUE_VIOLATION.equals(e.getSQLState());
    }

    /** Whether somebody else's lock was in the way, so that it may go well the next time. */
    static boolean isLocked(SQLException e) {
        return isOf(LOCK_CLASSES, e);
    }

    /** Whether the data or a constraint forbid it, so that it is refused each time. */
    static boolean isRefused(SQLException e) {
        return isOf(REFUSAL_CLASSES, e);
    }

    private static boolean isOf(Set<String> classes, SQLException e) {
        return classes.stream().anyMatch(String.valueOf(e.getSQLState())::startsWith);
    }

    <T> T run(Work<T> work) throws SQLException {
        return again(() -> once(work));
    }

    /** One statement, which is its own transaction, and again as above. */
    <T> T runAutocommitted(Work<T> statement) throws SQLException {
        return again(() -> onceAutocommitted(statement));
    }

    /** The same, for a caller who has another way to try again. */
    <T> T onceAutocommitted(Work<T> statement) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return statement.on(connection);
        }
    }

    private interface Attempt<T> {
        T make() throws SQLException;
    }

    private static <T> T again(Attempt<T> attempt) throws SQLException {
        for (int made = 1; ; made++) {
            try {
                return attempt.make();
            } catch (SQLException e) {
                if (made == ATTEMPTS || !LOCKS.contains(String.valueOf(e.getSQLState()))) {
                    throw e;
                }
            }
        }
    }

    private <T> T once(Work<T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            T result;
            try {
                result = work.on(connection);
                connection.commit();
            } catch (Throwable e) {
                // Whatever it is: to switch autocommit on would commit the half that is done.
                rollBack(connection, e);
                throw e;
            }
            connection.setAutoCommit(true);
            return result;
        }
    }

    private static void rollBack(Connection connection, Throwable why) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // The connection is gone, and with it the transaction.
            why.addSuppressed(e);
        }
    }
}
