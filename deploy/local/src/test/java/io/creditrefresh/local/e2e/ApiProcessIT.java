package io.creditrefresh.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.stack.ServiceProcess;
import io.creditrefresh.local.token.Bearer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API as a process: how it ends, and what it does while its surroundings are away. */
class ApiProcessIT {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Pipeline pipeline;

    @BeforeEach
    void prepare() {
        pipeline = new Pipeline(directory);
        pipeline.importUsers(10);
    }

    @AfterEach
    void end() {
        pipeline.close();
    }

    @Test
    void answersWhatItHasBegunBeforeItEnds() throws Exception {
        // The request waits for a lock for longer than the service would otherwise let it.
        ServiceProcess api = pipeline.stack()
                .start(
                        Service.API,
                        Map.of(
                                "QUARKUS_DATASOURCE_JDBC_ADDITIONAL_JDBC_PROPERTIES_OPTIONS",
                                "-c lock_timeout=30s",
                                "QUARKUS_SHUTDOWN_DELAY",
                                "3s"));
        assertThat(api.awaitReady(LIMIT)).isTrue();
        String user = pipeline.query("SELECT user_id FROM subscriber ORDER BY id LIMIT 1");
        CompletableFuture<HttpResponse<String>> answer;
        CompletableFuture<Void> stop;
        try (Connection connection = pipeline.stack().connect("postgres");
                var lock = connection.createStatement()) {
            connection.setAutoCommit(false);
            lock.execute("LOCK TABLE subscriber");
            answer = HTTP.sendAsync(
                    status(api, pipeline.stack().tokens().of(Bearer.user(user))), BodyHandlers.ofString());
            await().atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> pipeline.count("SELECT count(*) FROM pg_stat_activity"
                                    + " WHERE wait_event_type = 'Lock' AND usename = 'credit_api'"
                                    + " AND query LIKE '%s.user_id = $1%'")
                            == 1);
            stop = CompletableFuture.runAsync(api::stop);
            // Not ready, and still taking requests: those that were routed to it a moment ago.
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> !api.isReady());
            assertThat(HTTP.send(request(api, "/api/credits/config").build(), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
            connection.rollback();
        }

        assertThat(answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        stop.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(api.exitCode()).hasValue(143);
    }

    @Test
    void startsWhileTheKeysAreAwayAndTakesTokensOnceTheyAreThere() throws Exception {
        HttpServer issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/jwks.json", exchange -> {
            byte[] keys = Files.readString(publicKeys()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        String url = "http://localhost:" + issuer.getAddress().getPort() + "/jwks.json";
        ServiceProcess api = pipeline.stack().start(Service.API, Map.of("CREDITS_TOKEN_KEYS", url));
        assertThat(api.awaitReady(LIMIT)).isTrue();
        String token = pipeline.stack()
                .tokens()
                .of(Bearer.user(pipeline.query("SELECT user_id FROM subscriber ORDER BY id LIMIT 1")));

        issuer.start();
        try {
            await().atMost(LIMIT)
                    .until(() -> HTTP.send(status(api, token), BodyHandlers.ofString())
                                    .statusCode()
                            == 200);
        } finally {
            issuer.stop(0);
        }
    }

    private Path publicKeys() throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> file.endsWith("token-keys.json"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static HttpRequest status(ServiceProcess api, String token) {
        return request(api, "/api/user/credits/status")
                .header("Authorization", "Bearer " + token)
                .build();
    }

    private static HttpRequest.Builder request(ServiceProcess api, String path) {
        return HttpRequest.newBuilder(URI.create(api.url() + path));
    }
}
