package io.creditrefresh.planner.tick;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.planner.jobs.ConsumerLag;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlannerServers.class)
class OutageTest {

    private static final Instant THIS_MINUTE = Instant.parse("2026-11-20T12:00:00Z");

    @Inject
    PlannerLoop loop;

    @Inject
    SettableClock clock;

    @Inject
    ConsumerLag lag;

    @Inject
    MeterRegistry registry;

    @TestHTTPResource(value = "/health/", management = true)
    URI health;

    private JobTopic topic;

    @BeforeEach
    void begin() {
        PlannerServers.forgetEverything();
        topic = JobTopic.open(PlannerServers.kafka.bootstrapServers());
        clock.set(THIS_MINUTE);
    }

    @AfterEach
    void restore() {
        PlannerServers.kafka.start();
        PlannerServers.database.execute("ALTER ROLE credit_planner LOGIN");
        topic.close();
        loop.runOnce();
    }

    @Test
    void emitsWhatCameDueWhileKafkaWasAway() throws Exception {
        loop.runOnce();
        long due = PlannerServers.insert(THIS_MINUTE.plusSeconds(60));
        clock.advance(Duration.ofSeconds(60));
        double failuresBefore = failures();
        PlannerServers.kafka.stop();

        assertThat(loop.runOnce()).isEqualTo(TickReport.failed(TickReport.Failure.KAFKA));
        assertThat(PlannerServers.database.count("SELECT watermark_minute * 60 FROM planner_position"))
                .isEqualTo(THIS_MINUTE.getEpochSecond());
        assertThat(failures() - failuresBefore).isEqualTo(1);
        assertThat(status("live")).isEqualTo(200);
        assertThat(get("ready")).contains("\"DOWN\"").contains("Kafka: 1 jobs were not acknowledged");

        PlannerServers.kafka.start();
        assertThat(loop.runOnce().due()).isEqualTo(1);
        assertThat(topic.newAccounts()).contains(due);
        assertThat(status("ready")).isEqualTo(200);
    }

    @Test
    void sweepsNothingWhileItDoesNotKnowTheLag() throws Exception {
        loop.runOnce();
        clock.advance(Duration.ofMinutes(10));
        PlannerServers.kafka.stop();

        assertThat(lag.jobs()).isEqualTo(OptionalLong.empty());
        assertThat(loop.runOnce().swept()).isZero();
        assertThat(PlannerServers.database.query("SELECT settled_minute FROM planner_position"))
                .isEqualTo("null");
    }

    @Test
    void emitsWhatCameDueWhileTheDatabaseWasAway() throws Exception {
        loop.runOnce();
        long due = PlannerServers.insert(THIS_MINUTE.plusSeconds(60));
        clock.advance(Duration.ofSeconds(60));
        // As away as it gets without taking the other tests' databases along.
        PlannerServers.database.execute("ALTER ROLE credit_planner NOLOGIN");
        PlannerServers.database.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'credit_planner'");

        assertThat(loop.runOnce()).isEqualTo(TickReport.failed(TickReport.Failure.DATABASE));
        assertThat(status("live")).isEqualTo(200);
        assertThat(status("ready")).isEqualTo(503);

        PlannerServers.database.execute("ALTER ROLE credit_planner LOGIN");
        while (loop.runOnce().due() == 0) {
            // The pool finds its broken connections one by one.
        }
        assertThat(topic.newAccounts()).containsExactly(due);
        assertThat(status("ready")).isEqualTo(200);
    }

    private double failures() {
        return registry.counter("credit.refresh.tick.failures").count();
    }

    private int status(String check) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(health.resolve(check)).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private String get(String check) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(health.resolve(check)).build(), BodyHandlers.ofString())
                .body();
    }
}
