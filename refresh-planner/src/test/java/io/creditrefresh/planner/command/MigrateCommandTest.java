package io.creditrefresh.planner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.embedded.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrateCommandTest {

    private final PostgresServer server = PostgresServer.shared();
    private final String database = "migrate_" + UUID.randomUUID();

    @BeforeEach
    void createAnEmptyDatabase() throws SQLException {
        server.createDatabase(database);
    }

    @Test
    void createsTheSchemaOnceAsItsOwner() throws Exception {
        runRolesSql();

        Ran first = run("migrate");
        Ran second = run("migrate");

        assertThat(first.exitCode()).isZero();
        assertThat(first.out()).matches("Applied \\d+ migrations\\.\\R");
        assertThat(second.exitCode()).isZero();
        assertThat(second.out().strip()).isEqualTo("The schema is up to date.");
    }

    @Test
    void saysInOneLineWhatIsMissing(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("users.csv");
        Files.writeString(
                file,
                "userId,email,tier,creditBalance,lastCreditRefresh,creditRefreshHold,creditRefreshDay,"
                        + "customCreditAmount\n");
        runRolesSql();
        execute("REVOKE CREATE ON SCHEMA public FROM credit_owner");

        Ran migrated = run("migrate");
        Ran imported = run("import", file.toString());

        assertThat(migrated.exitCode()).isEqualTo(2);
        assertThat(migrated.err().lines()).singleElement().satisfies(line -> assertThat(line)
                .contains("permission denied for schema public"));
        assertThat(imported.exitCode()).isEqualTo(2);
        assertThat(imported.err().lines()).singleElement().satisfies(line -> assertThat(line)
                .contains("relation \"plan_allowance\" does not exist (run the command migrate first)"));
    }

    private Ran run(String... arguments) {
        return Ran.command(
                new OperatorSettings(server.url(database), null, null, InstantSource.system(), Optional.empty()),
                arguments);
    }

    private void runRolesSql() throws SQLException, IOException {
        try (var stream = Objects.requireNonNull(getClass().getResourceAsStream("/db/roles.sql"))) {
            execute(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection =
                        server.dataSource(database, PostgresServer.SUPERUSER).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
