package io.creditrefresh.planner.command;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A source of one connection, which stays open while a command takes and closes it over and over; for one thread. */
final class KeptConnection extends PGSimpleDataSource implements AutoCloseable {

    private static final long serialVersionUID = 1;

    private final transient PGSimpleDataSource database;
    private transient @Nullable PooledConnection kept;

    KeptConnection(PGSimpleDataSource database) {
        this.database = database;
    }

    @Override
    public Connection getConnection() throws SQLException {
        PooledConnection connection = kept;
        if (connection == null) {
            connection = open();
            kept = connection;
        }
        return connection.getConnection();
    }

    private PooledConnection open() throws SQLException {
        PGConnectionPoolDataSource pool = new PGConnectionPoolDataSource();
        try {
            pool.initializeFrom(database);
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("settings of the same driver", e);
        }
        return pool.getPooledConnection();
    }

    @Override
    public void close() {
        try {
            if (kept != null) {
                kept.close();
            }
        } catch (SQLException e) {
            // Nothing is left to be done on it.
        }
    }
}
