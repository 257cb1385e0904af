package io.creditrefresh.ledger.store;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.ledger.migration.Migration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A migrated database of its own for each test, on the JVM's one throw-away Postgres. */
public final class LedgerDatabase {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final PostgresServer server;
    private final String name;

    private LedgerDatabase(PostgresServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /** A new, empty, migrated database. */
    public static LedgerDatabase create() {
        try {
            PostgresServer server = PostgresServer.shared();
            String name = "ledger_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
            server.createDatabase(name, Template.NAME);
            return new LedgerDatabase(server, name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public String url() {
        return server.url(name);
    }

    public DataSource as(String role) {
        return server.dataSource(name, role);
    }

    /** A connection that may do everything, for planting what no service would write. */
    public Connection superuser() throws SQLException {
        return as(PostgresServer.SUPERUSER).getConnection();
    }

    public void execute(String sql) {
        try (Connection connection = superuser();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of the first row as text; {@code "null"} for NULL. */
    public String query(String sql) {
        try (Connection connection = superuser();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public long count(String sql) {
        return Long.parseLong(query(sql));
    }

    /** Migrated once per JVM; each test's database is a copy of it. */
    private static final class Template {

        private static final String NAME =
                "ledger_template_" + ProcessHandle.current().pid();

        static {
            try {
                PostgresServer server = PostgresServer.shared();
                server.createDatabase(NAME);
                try (Connection connection = server.dataSource(NAME, PostgresServer.SUPERUSER)
                                .getConnection();
                        var statement = connection.createStatement()) {
                    statement.execute(resource("/db/roles.sql"));
                }
                Migration.migrate(server.dataSource(NAME, "credit_owner"));
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static String resource(String path) {
            try (var stream = Migration.class.getResourceAsStream(path)) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
