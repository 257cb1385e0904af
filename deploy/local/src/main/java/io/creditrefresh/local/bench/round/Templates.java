package io.creditrefresh.local.bench.round;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.local.stack.LocalStack;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Databases that are filled once and copied for every round, file by file, so that each round finds the same pages in
 * the same order. The copy that is in use has the name that the services know.
 */
public final class Templates {

    private static final String EMPTY = "bench_empty";

    private final LocalStack stack;
    private final String inUse;

    /** Keeps the migrated, empty database of the stack as the first template; nobody may be connected to it. */
    public Templates(LocalStack stack) throws SQLException {
        this.stack = stack;
        try (var connection = stack.connect(PostgresServer.SUPERUSER)) {
            this.inUse = connection.getCatalog();
        }
        administer("ALTER DATABASE %s RENAME TO %s".formatted(inUse, EMPTY));
    }

    /** Fills a database. */
    public interface Filling {
        void fill(Connection connection) throws SQLException;
    }

    /** Makes a template, and brings tables and disk to rest. */
    public void make(String name, Filling filling) throws SQLException {
        administer(copy(EMPTY, name));
        try (var connection = stack.postgres()
                        .dataSource(name, PostgresServer.SUPERUSER)
                        .getConnection();
                var statement = connection.createStatement()) {
            filling.fill(connection);
            statement.execute("VACUUM (ANALYZE)");
        }
    }

    /** Replaces the database of the services, which must not run, by a fresh copy of a template. */
    public void restore(String name) throws SQLException {
        administer("DROP DATABASE IF EXISTS %s WITH (FORCE)".formatted(inUse));
        administer(copy(name, inUse));
        administer("CHECKPOINT");
    }

    /** Copying files begins and ends with a checkpoint, and writes no WAL. */
    private static String copy(String from, String to) {
        return "CREATE DATABASE %s TEMPLATE %s STRATEGY file_copy".formatted(to, from);
    }

    private void administer(String sql) throws SQLException {
        try (var connection = stack.postgres()
                        .dataSource("postgres", PostgresServer.SUPERUSER)
                        .getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
