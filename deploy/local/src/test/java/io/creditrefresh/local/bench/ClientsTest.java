package io.creditrefresh.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientsTest {

    private final AtomicInteger answered = new AtomicInteger();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void answer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
            connections.add(exchange.getRemoteAddress());
            var body = "late".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/broken") ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
            answered.incrementAndGet();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void askEachQuestionInTurnOnConnectionsKeptOpen() throws InterruptedException {
        try (var clients = new Clients(3, "secret", List.of(at("/a"), at("/b")))) {

            var seen = clients.ask(Duration.ofMillis(300));

            assertThat(seen).containsOnlyKeys("/a", "/b");
            assertThat(seen.get("/a").count())
                    .isGreaterThanOrEqualTo(3)
                    .isEqualTo(seen.get("/b").count());
            assertThat(seen.get("/a").count() * 2).isEqualTo(answered.get());
        }
        assertThat(tokens).containsExactly("Bearer secret");
        assertThat(connections).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void takeOnlySuccessesForAnswers() {
        try (var clients = new Clients(2, "secret", List.of(at("/broken")))) {

            assertThatThrownBy(() -> clients.ask(Duration.ofSeconds(10)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("%s answered 503: late".formatted(at("/broken")));
        }
    }

    private URI at(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }
}
