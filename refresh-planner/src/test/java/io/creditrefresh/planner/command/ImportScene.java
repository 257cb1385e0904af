package io.creditrefresh.planner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.ledger.store.LedgerDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A file and the database that it is imported into, at noon of 20 November 2026. */
record ImportScene(Path file, LedgerDatabase database) {

    static final String HEADER =
            "userId,email,tier,creditBalance,lastCreditRefresh,creditRefreshHold,creditRefreshDay,customCreditAmount\n";

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"));

    static ImportScene in(Path directory) {
        return new ImportScene(directory.resolve("users.csv"), LedgerDatabase.create());
    }

    static OperatorSettings settings(String url, @Nullable String username) {
        return new OperatorSettings(url, username, null, CLOCK, Optional.empty());
    }

    /** Good lines of the users {@code user-from} to {@code user-(to - 1)}. */
    static String users(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "user-" + i + ",u" + i + "@example.com,free," + i + ",2026-11-01 10:11:12,,,\n")
                .collect(Collectors.joining());
    }

    void write(String csv) throws IOException {
        Files.writeString(file, csv, StandardCharsets.UTF_8);
    }

    /** Imports the file. */
    Ran run(String... options) {
        String[] arguments = Stream.concat(Stream.of("import", file.toString()), Arrays.stream(options))
                .toArray(String[]::new);
        return Ran.command(settings(database.url(), null), arguments);
    }

    String userIds() {
        return database.query("SELECT string_agg(user_id, ',' ORDER BY user_id) FROM subscriber");
    }

    /** All rows of the three tables, with their physical versions. */
    String everything() {
        return database.query("SELECT md5(string_agg(r, '|' ORDER BY r)) FROM ("
                + "SELECT s.xmin || s::text AS r FROM subscriber s"
                + " UNION ALL SELECT a.xmin || a::text FROM credit_account a"
                + " UNION ALL SELECT e.xmin || e::text FROM ledger_entry e) AS t");
    }

    void assertAuditIsEmpty() throws SQLException {
        try (Connection connection = database.superuser()) {
            assertThat(LedgerAudit.findings(connection)).isEmpty();
        }
    }
}
