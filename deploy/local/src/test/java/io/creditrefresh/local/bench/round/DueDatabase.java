package io.creditrefresh.local.bench.round;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.ledger.migration.Migration;
import io.creditrefresh.local.bench.BenchAccounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;

/** Copies of a database with accounts that are due on two days, and a few on hold. */
final class DueDatabase {

    static final LocalDate DAY = LocalDate.parse("2026-11-19");
    static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
    static final int DUE = 400;
    static final int DUE_NEXT_DAY = 100;
    static final int ON_HOLD = 10;

    private static final PostgresServer SERVER = PostgresServer.shared();

    private final String template;

    /** Makes the database that is copied. */
    DueDatabase(String template) throws SQLException {
        this.template = template;
        SERVER.createDatabase(template);
        try (var connection = connect(template);
                var statement = connection.createStatement();
                var roles = Objects.requireNonNull(Migration.class.getResourceAsStream("/db/roles.sql"))) {
            statement.execute(new String(roles.readAllBytes(), StandardCharsets.UTF_8));
            Migration.migrate(SERVER.dataSource(template, PostgresServer.SUPERUSER));
            BenchAccounts.createDue(connection, DUE, DUE_NEXT_DAY, DAY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects to a fresh copy. */
    Connection copy(String name) throws SQLException {
        try (var connection = connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name);
        }
        SERVER.createDatabase(name, template);
        return connect(name);
    }

    private static Connection connect(String database) throws SQLException {
        return SERVER.dataSource(database, PostgresServer.SUPERUSER).getConnection();
    }
}
