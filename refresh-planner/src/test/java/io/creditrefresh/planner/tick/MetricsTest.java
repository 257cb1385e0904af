package io.creditrefresh.planner.tick;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.message.Topics;
import io.creditrefresh.planner.watch.BacklogGauges;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlannerServers.class)
class MetricsTest {

    private static final Instant THIS_MINUTE = Instant.parse("2026-11-20T12:00:00Z");

    @Inject
    PlannerLoop loop;

    @Inject
    BacklogGauges gauges;

    @Inject
    SettableClock clock;

    @Inject
    MeterRegistry registry;

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    @BeforeEach
    void begin() {
        PlannerServers.forgetEverything();
        clock.set(THIS_MINUTE);
    }

    @Test
    void countsWhatItEmitsByItsReason() throws Exception {
        double dueBefore = emitted("due");
        double retriesBefore = emitted("retry");
        PlannerServers.insert(THIS_MINUTE, 2);
        long failed = PlannerServers.insert(THIS_MINUTE.plus(Duration.ofDays(20)));
        PlannerServers.fail(failed, THIS_MINUTE.plus(Duration.ofDays(20)), 1, THIS_MINUTE);

        loop.runOnce();

        assertThat(emitted("due") - dueBefore).isEqualTo(2);
        assertThat(emitted("retry") - retriesBefore).isEqualTo(1);
        assertThat(registry.get("credit.refresh.last.tick").gauge().value()).isEqualTo(THIS_MINUTE.getEpochSecond());
    }

    @Test
    void showsTheBacklog() throws Exception {
        PlannerServers.insert(THIS_MINUTE.minusSeconds(86_400));
        PlannerServers.insert(THIS_MINUTE.plusSeconds(60));
        PlannerServers.fail(PlannerServers.insert(THIS_MINUTE), THIS_MINUTE, 1, THIS_MINUTE);

        gauges.count();

        assertThat(gauge("pending")).isEqualTo(2);
        assertThat(gauge("oldest.due.age")).isEqualTo(86_400);
        assertThat(gauge("retrying")).isEqualTo(1);
        assertThat(gauge("exhausted")).isZero();
        assertThat(gauge("unaccounted")).isZero();
    }

    @Test
    void showsWhoIsUnaccountedForOnceSettled() throws Exception {
        PlannerServers.insert(THIS_MINUTE);
        loop.runOnce();
        PlannerServers.database.execute("UPDATE planner_position SET settled_minute = watermark_minute");

        gauges.count();

        assertThat(gauge("unaccounted")).isEqualTo(1);
    }

    @Test
    void showsHowManyJobsWaitForTheWorkers() throws Exception {
        PlannerServers.insert(THIS_MINUTE, 2);
        commitAll();
        loop.runOnce();

        gauges.count();

        assertThat(gauge("consumer.lag")).isEqualTo(2);
    }

    @Test
    void givesTheTickItsBuckets() throws Exception {
        loop.runOnce();

        String text = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                .body();

        assertThat(text.lines()
                        .filter(line -> line.startsWith("credit_refresh_tick_seconds_bucket"))
                        .map(line -> line.replaceAll(".*le=\"([^\"]+)\".*", "$1")))
                .containsExactlyInAnyOrder("0.025", "0.05", "0.1", "0.2", "0.5", "1.0", "2.5", "+Inf");
        assertThat(text).contains("credit_refresh_enabled 1.0", "credit_refresh_dry_run 0.0");
    }

    /** What a worker does that has caught up. */
    private static void commitAll() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", PlannerServers.kafka.bootstrapServers()))) {
            var latest = IntStream.range(0, 12)
                    .mapToObj(partition -> new TopicPartition(Topics.REFRESH_JOBS, partition))
                    .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
            var committed = admin.listOffsets(latest).all().get().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            end -> new OffsetAndMetadata(end.getValue().offset())));
            admin.alterConsumerGroupOffsets(Topics.WORKER_GROUP, committed)
                    .all()
                    .get();
        }
    }

    private double emitted(String reason) {
        return registry.counter("credit.refresh.emitted", "reason", reason).count();
    }

    private double gauge(String name) {
        return registry.get("credit.refresh." + name).gauge().value();
    }
}
