package io.creditrefresh.local.stack;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.ledger.migration.Migration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Objects;

/** The service's database on the embedded server: made once, with its roles; the schema comes with the migrations. */
final class Database {

    static final String NAME = "credits";

    private static final String FIND = """
            SELECT 1
            FROM pg_database
            WHERE datname = ?
            """;

    private Database() {}

    /** Creates the database and the roles unless they exist. */
    static void create(PostgresServer server) throws SQLException {
        if (!exists(server)) {
            server.createDatabase(NAME);
        }
        try (var connection = server.dataSource(NAME, PostgresServer.SUPERUSER).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(roles());
        }
    }

    private static boolean exists(PostgresServer server) throws SQLException {
        try (var connection =
                        server.dataSource("postgres", PostgresServer.SUPERUSER).getConnection();
                var find = connection.prepareStatement(FIND)) {
            find.setString(1, NAME);
            try (var found = find.executeQuery()) {
                return found.next();
            }
        }
    }

    private static String roles() {
        try (var script = Objects.requireNonNull(Migration.class.getResourceAsStream("/db/roles.sql"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
