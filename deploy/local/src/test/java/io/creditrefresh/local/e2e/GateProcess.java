package io.creditrefresh.local.e2e;

import static org.awaitility.Awaitility.await;

import io.creditrefresh.local.stack.Artefacts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;

/** The example backend as a process of its own, made from its built artefact. */
final class GateProcess implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final String url;

    /**
     * Starts it and waits until it answers.
     *
     * @param environment beside its port
     */
    GateProcess(int port, Map<String, String> environment, Path log) throws IOException {
        Path jar = Artefacts.find().home().resolve("deploy/examples/gate/target/quarkus-app/quarkus-run.jar");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(java.toString(), "-Xmx128m", "-jar", jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        this.process = builder.start();
        this.url = "http://localhost:" + port;
        try {
            awaitAnswer();
        } catch (ConditionTimeoutException e) {
            close();
            throw new IllegalStateException(Files.readString(log), e);
        }
    }

    /**
     * Sends a request as a user.
     *
     * @param user signed in; empty for nobody
     * @param key the request's {@code Idempotency-Key}; empty for none
     */
    HttpResponse<String> send(String user, String method, String path, String body, String key)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(LIMIT)
                .header("Content-Type", "text/plain")
                .method(method, BodyPublishers.ofString(body));
        if (!user.isEmpty()) {
            request.header("X-Demo-User", user);
        }
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private void awaitAnswer() {
        await().atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> !process.isAlive()
                        || send("ready", "GET", "/documents/none", "", "").statusCode() == 404);
        if (!process.isAlive()) {
            throw new ConditionTimeoutException("the example has ended");
        }
    }

    @Override
    public void close() {
        process.destroy();
        await().atMost(LIMIT).until(() -> !process.isAlive());
    }
}
