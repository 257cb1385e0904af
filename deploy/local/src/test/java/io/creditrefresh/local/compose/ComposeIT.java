package io.creditrefresh.local.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.creditrefresh.embedded.KafkaServer;
import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.ledger.message.Topics;
import io.creditrefresh.ledger.schedule.Slot;
import io.creditrefresh.local.stack.LocalStack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The services of the compose file serve a refresh when they are started by hand as it says, in production. */
class ComposeIT {

    private static final String DATABASE = "credits";
    private static final Duration LIMIT = Duration.ofSeconds(120);
    // Imported users who are overdue are refreshed when their minute comes: this one after the import and not much
    // later.
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final List<String> SERVICES = List.of("credit-api", "refresh-planner", "refresh-worker");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path directory;

    private PostgresServer postgres;
    private KafkaServer kafka;
    private ComposeProcesses compose;

    @BeforeEach
    void prepare() throws Exception {
        for (String file : List.of("prepare", "token", ".env.example")) {
            Files.copy(ComposeFile.DIRECTORY.resolve(file), directory.resolve(file));
        }
        script("prepare");
        Map<String, String> outside = EnvFile.read(directory.resolve(".env")).set();
        outside.put("CREDIT_REFRESH_TICK", "1s");
        postgres = PostgresServer.throwAway();
        kafka = KafkaServer.throwAway();
        kafka.createTopic(Topics.REFRESH_JOBS, LocalStack.PARTITIONS);
        kafka.createTopic(Topics.DEAD_LETTER, 1);
        kafka.createTopic(Topics.CREDIT_EVENTS, LocalStack.PARTITIONS);
        createRoles(outside);
        compose = new ComposeProcesses(outside, directory, postgres, kafka);
    }

    @AfterEach
    void end() {
        compose.close();
        kafka.close();
        postgres.close();
    }

    @Test
    void refreshesAnImportedAccountAtItsMinute() throws Exception {
        compose.run("migrate");
        Instant now = Instant.now();
        String due = userOf(now.plus(SOON));
        Path users = directory.resolve("users.csv");
        Files.writeString(users, """
                userId,email,tier,creditBalance,lastCreditRefresh,creditRefreshHold,creditRefreshDay,customCreditAmount
                %s,,pro,100,%s,false,,
                bob,,free,40,%s,false,,
                """.formatted(due, now.minus(40, ChronoUnit.DAYS), now));
        compose.run("operator", "import", users.toString());
        for (String service : SERVICES) {
            compose.start(service);
        }
        for (String service : SERVICES) {
            await().atMost(LIMIT).until(() -> compose.isHealthy(service));
        }
        assertThat(provision("dora")).isEqualTo(200);
        assertThat(get("dora", "status").statusCode()).isEqualTo(200);

        await().atMost(LIMIT).until(() -> get(due, "refresh-history").body().contains("newBalance"));
        assertThat(get("bob", "refresh-history").body()).doesNotContain("newBalance");
        for (String service : SERVICES) {
            assertThat(compose.stop(service)).as(service).isEqualTo(128 + 15);
        }
    }

    /** A user whose minute of the day that one is. */
    private static String userOf(Instant instant) {
        return Stream.iterate(1, number -> number + 1)
                .map(number -> "due-" + number)
                .filter(user -> Slot.of(user).equals(Slot.at(instant)))
                .findFirst()
                .orElseThrow();
    }

    private int provision(String user) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(compose.url("credit-api") + "/api/provision"))
                .header("Authorization", "Bearer " + script("token", "service"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"userId\": \"%s\", \"plan\": \"free\"}".formatted(user)))
                .build();
        return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    }

    private HttpResponse<String> get(String user, String what) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(compose.url("credit-api") + "/api/user/credits/" + what))
                .header("Authorization", "Bearer " + script("token", "user:" + user))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    /** What the one-shot of the roles does by psql, on a server that asks every role but the superuser for a password. */
    private void createRoles(Map<String, String> outside) throws Exception {
        postgres.createDatabase(DATABASE);
        Path roles = ComposeFile.DIRECTORY.resolve("../../credit-ledger/src/main/resources/db/roles.sql");
        String passwords = Files.readString(ComposeFile.DIRECTORY.resolve("passwords.sql"));
        List<MatchResult> variables = Pattern.compile("(?m)^\\\\getenv (\\w+) (\\w+)\\R")
                .matcher(passwords)
                .results()
                .toList();
        for (MatchResult variable : variables) {
            passwords = passwords
                    .replace(variable.group(), "")
                    .replace(":'" + variable.group(1) + "'", "'" + outside.get(variable.group(2)) + "'");
        }
        try (Connection connection =
                        postgres.dataSource(DATABASE, PostgresServer.SUPERUSER).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(roles));
            statement.execute(passwords);
            Files.writeString(hbaFile(statement), """
                    host all postgres all trust
                    host all all all scram-sha-256
                    """);
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static Path hbaFile(Statement statement) throws SQLException {
        try (var rows = statement.executeQuery("SHOW hba_file")) {
            rows.next();
            return Path.of(rows.getString(1));
        }
    }

    private String script(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(words));
        command.set(0, directory.resolve(words[0]).toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
