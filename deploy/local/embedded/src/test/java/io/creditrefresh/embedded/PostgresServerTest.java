package io.creditrefresh.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerTest {

    @TempDir
    private static Path directory;

    private static PostgresServer server;

    @BeforeAll
    static void startWithOneRow() throws SQLException {
        server = PostgresServer.persistent(directory.resolve("server"), 0);
        server.start();
        server.createDatabase("kept");
        try (var connection =
                        server.dataSource("kept", PostgresServer.SUPERUSER).getConnection();
                var create = connection.createStatement()) {
            create.execute("CREATE TABLE kept AS SELECT 42 AS answer");
        }
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void keepsItsRowsAndPortOverARestart() throws SQLException {
        var port = server.port();

        server.stop();
        server.start();

        assertThat(ask(server, "kept", "SELECT answer FROM kept")).isEqualTo("42");
        assertThat(server.port()).isEqualTo(port);
    }

    @Test
    void recoversWhatWasCommittedBeforeACrash() throws SQLException {
        ask(server, "kept", "CREATE TABLE recovered AS SELECT 43; SELECT 1");

        server.crash();
        server.start();

        assertThat(ask(server, "kept", "SELECT * FROM recovered")).isEqualTo("43");
    }

    @Test
    void replacesAServerThatAKilledJvmLeftRunning(@TempDir Path abandoned) throws Exception {
        new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LeavesPostgresRunning.class.getName(),
                        abandoned.toString())
                .inheritIO()
                .start()
                .waitFor();
        try (var successor = PostgresServer.persistent(abandoned, 0)) {
            var leftOver = ProcessHandle.of(successor.pid().orElseThrow()).orElseThrow();

            successor.start();

            assertThat(leftOver.isAlive()).isFalse();
            assertThat(ask(successor, "postgres", "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void neverTakesAReusedProcessIdForItsOwn(@TempDir Path stopped) throws Exception {
        var reused = ProcessHandle.current().pid();
        Files.createDirectories(stopped.resolve("data"));
        Files.writeString(stopped.resolve("data/postmaster.pid"), reused + "\n" + stopped + "\n1\n");

        var found = PostgresServer.persistent(stopped, 0).pid();

        assertThat(found).isEmpty();
    }

    @Test
    void isDurable() throws SQLException {
        var fsync = ask(server, "kept", "SHOW fsync");

        assertThat(fsync).isEqualTo("on");
        assertThat(ask(server, "kept", "SHOW synchronous_commit")).isEqualTo("on");
    }

    @Test
    void givesTheSharedServersSessionsAnOddTimeZone() throws SQLException {
        var zone = ask(PostgresServer.shared(), "postgres", "SHOW timezone");

        assertThat(zone).isEqualTo(PostgresServer.ODD_ZONE.getId());
    }

    @Test
    void copiesADatabase() throws SQLException {
        server.createDatabase("copy", "kept");

        assertThat(ask(server, "copy", "SELECT answer FROM kept")).isEqualTo("42");
    }

    private static String ask(PostgresServer server, String database, String sql) throws SQLException {
        try (var connection =
                        server.dataSource(database, PostgresServer.SUPERUSER).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
            while (statement.getUpdateCount() >= 0) {
                statement.getMoreResults();
            }
            try (var answer = statement.getResultSet()) {
                answer.next();
                return answer.getString(1);
            }
        }
    }
}
