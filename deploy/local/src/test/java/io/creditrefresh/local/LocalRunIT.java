package io.creditrefresh.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.local.stack.Artefacts;
import io.creditrefresh.local.stack.DataDirectory;
import io.creditrefresh.local.stack.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command itself, as a process of its own. */
class LocalRunIT {

    private static final Duration LIMIT = Duration.ofSeconds(180);

    @TempDir
    private Path directory;

    private final String portBase = Integer.toString(Ports.free(1).base());

    private record Ended(int exitCode, List<String> lines) {

        JsonNode lastLineAsJson() throws IOException {
            return new ObjectMapper().readTree(lines.get(lines.size() - 1));
        }
    }

    @AfterEach
    void stop() throws Exception {
        run("--stop");
    }

    @Test
    void goesThroughTheDayAndEndsWithItsResult() throws Exception {
        var ended = run("--users", "500", "--speed", "8640", "--workers", "1", "--port-base", portBase, "--exit");

        assertThat(ended.exitCode()).as(String.join("\n", ended.lines())).isZero();
        var result = ended.lastLineAsJson();
        assertThat(result.path("due").asLong()).isEqualTo(500);
        assertThat(result.path("refreshed").asLong() + result.path("held").asLong())
                .isEqualTo(500);
        assertThat(result.path("held").asLong()).isPositive();
        assertThat(result.path("failed").asLong()).isZero();
        assertThat(result.path("unaccounted").asLong()).isZero();
        assertThat(result.path("auditFindings").asLong()).isZero();
        assertThat(result.path("seconds").asDouble()).isGreaterThan(9);
        assertThat(directory.resolve("postgres")).doesNotExist();
    }

    @Test
    void endsEverythingThatAKilledRunLeftBehind() throws Exception {
        var launcher = start("--users", "100", "--workers", "1", "--port-base", portBase);
        await().atMost(LIMIT)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> run("--status").lastLineAsJson().path("workers").size() == 1);
        var secondRun = run("--port-base", portBase);
        var processes = processes(run("--status").lastLineAsJson().path("pids"));
        launcher.destroyForcibly().waitFor();
        var status = run("--status");

        var stopped = run("--stop");

        assertThat(secondRun.exitCode()).isEqualTo(1);
        assertThat(secondRun.lines()).singleElement().asString().contains("is up (process " + launcher.pid() + ")");
        assertThat(status).isEqualTo(new Ended(1, List.of("{\"running\":false}")));
        assertThat(stopped).isEqualTo(new Ended(0, List.of("The run is stopped.")));
        assertThat(processes).hasSize(5).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void printsCommandsThatWorkWhenPasted() throws Exception {
        var users = Files.writeString(directory.resolve("own.csv"), """
                userId,email,tier,creditBalance,lastCreditRefresh,creditRefreshHold,creditRefreshDay,customCreditAmount
                tenant:7:o'brien & sons,,free,40,2020-01-01T00:00:00Z,false,,
                """);
        var launcher =
                start("--import", users.toString(), "--speed", "8640", "--workers", "1", "--port-base", portBase);
        var lines = linesUntil("Stop with Ctrl-C", launcher);

        var curls = lines.stream().filter(line -> line.startsWith("  curl ")).toList();
        assertThat(curls).as(String.join("\n", lines)).hasSize(7);
        assertThat(curls.get(0)).contains("--token 'user:tenant:7:o'\\''brien & sons'");
        for (var curl : curls) {
            var answer = paste(curl);
            assertThat(answer.exitCode()).as(curl).isZero();
            assertThat(answer.lines()).as(curl).isNotEmpty();
        }
        var token = paste(script() + " --token 'user:ユーザー-🦊'").lines();
        assertThat(token).hasSize(1);
        assertThat(subject(token.get(0))).isEqualTo("ユーザー-🦊");
    }

    private Ended run(String... arguments) throws IOException, InterruptedException {
        var process = start(arguments);
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output.lines().toList());
    }

    private static List<String> linesUntil(String last, Process process) throws IOException {
        var lines = new ArrayList<String>();
        var output = process.inputReader(StandardCharsets.UTF_8);
        do {
            lines.add(Objects.requireNonNull(output.readLine(), () -> "it ended: " + lines));
        } while (!lines.get(lines.size() - 1).startsWith(last));
        return lines;
    }

    /** Runs a line as a shell in a plain locale would; an answer that is no success fails curl. */
    private Ended paste(String line) throws IOException, InterruptedException {
        Files.writeString(directory.resolve(".curlrc"), "fail");
        var shell = Files.writeString(directory.resolve("pasted.sh"), line);
        var builder = new ProcessBuilder("/bin/sh", "-e", shell.toString()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "CURL_HOME", directory.toString(),
                        "LC_ALL", "C",
                        "JAVA_HOME", System.getProperty("java.home")));
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output.lines().toList());
    }

    private String script() {
        return "%s=%s %s"
                .formatted(
                        DataDirectory.ENVIRONMENT,
                        directory,
                        Artefacts.find().home().resolve("deploy/local/run"));
    }

    private static String subject(String token) throws Exception {
        return new JwtConsumerBuilder()
                .setSkipSignatureVerification()
                .setSkipDefaultAudienceValidation()
                .build()
                .processToClaims(token)
                .getSubject();
    }

    /** Errors and output come as one stream of lines. */
    private Process start(String... arguments) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java));
        command.addAll(Artefacts.JVM_OPTIONS);
        command.addAll(List.of(
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dcredit-refresh.home=" + Artefacts.find().home(),
                "-cp",
                System.getProperty("java.class.path"),
                LocalRun.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put(DataDirectory.ENVIRONMENT, directory.toString());
        return builder.start();
    }

    private static List<ProcessHandle> processes(JsonNode pids) {
        return StreamSupport.stream(pids.spliterator(), false)
                .flatMap(pid -> ProcessHandle.of(pid.asLong()).stream())
                .toList();
    }
}
