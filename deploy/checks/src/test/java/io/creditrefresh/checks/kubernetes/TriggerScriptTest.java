package io.creditrefresh.checks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of the CronJob, run by this machine's shell and curl against a planner that only writes down. */
class TriggerScriptTest {

    private final List<String> requests = new ArrayList<>();
    private HttpServer planner;
    private volatile int status = 200;

    @TempDir
    private Path folder;

    @BeforeEach
    void startPlanner() throws IOException {
        planner = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        planner.createContext("/", exchange -> {
            requests.add("%s %s %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            exchange.getRequestHeaders().getFirst("Authorization")));
            byte[] answer = "{\"emitted\": 3}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        planner.start();
    }

    @AfterEach
    void stopPlanner() {
        planner.stop(0);
    }

    @Test
    void showsItsTokenToThePlanner() throws Exception {
        Run run = run(Files.writeString(folder.resolve("token"), "a.b.c"));

        assertThat(run).isEqualTo(new Run(0, "{\"emitted\": 3}"));
        assertThat(requests).containsExactly("POST /api/scheduled-tasks/credit-refresh-queue Bearer a.b.c");
    }

    @Test
    void failsWhenItIsRefusedAndSaysWhatThePlannerSaid() throws Exception {
        status = 401;

        Run run = run(Files.writeString(folder.resolve("token"), "a.b.c"));

        assertThat(run.status()).isNotZero();
        assertThat(run.output()).contains("{\"emitted\": 3}").contains("401");
        assertThat(requests).hasSize(1);
    }

    @Test
    void asksNobodyWithoutAToken() throws Exception {
        Run run = run(folder.resolve("missing"));

        assertThat(run.status()).isNotZero();
        assertThat(requests).isEmpty();
    }

    private record Run(int status, String output) {}

    private Run run(Path token) throws IOException, InterruptedException {
        JsonNode container = Overlay.of("prod")
                .get("CronJob", "credit-refresh-trigger")
                .containers()
                .get(0);
        List<String> command = new ArrayList<>();
        container.path("command").forEach(part -> command.add(part.asText()));
        container.path("args").forEach(part -> command.add(part.asText()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "PLANNER_URL",
                        "http://localhost:" + planner.getAddress().getPort(),
                        "TOKEN_FILE",
                        token.toString(),
                        "no_proxy",
                        "localhost"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Run(process.exitValue(), output);
    }
}
