package io.creditrefresh.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditrefresh.local.day.SimulatedDay;
import io.creditrefresh.local.stack.DayClock;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.token.Bearer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a planner: schedulers have two workers refresh everybody, and operators see who they are. */
class CalledWorkersIT {

    private static final int USERS = 150;
    private static final double SPEED = 60;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PAGE = "/api/scheduled-tasks/credit-refresh";

    @TempDir
    Path directory;

    private Pipeline pipeline;

    @BeforeEach
    void prepare() throws Exception {
        pipeline = new Pipeline(directory);
        pipeline.importUsers(USERS);
        pipeline.stack()
                .useClock(DayClock.dayFrom(
                        SimulatedDay.endOf(Pipeline.DAY), Clock.systemUTC().instant(), SPEED));
        pipeline.start(Service.API, Service.worker(1), Service.worker(2));
    }

    @AfterEach
    void end() {
        pipeline.close();
    }

    @Test
    void refreshEverybodyPageByPageAndAreShown() throws Exception {
        List<Service> workers = List.of(Service.worker(1), Service.worker(2));
        int refreshed = 0;
        String body = "{\"batchSize\": 20}";
        boolean hasMore = true;
        for (int page = 0; hasMore; page++) {
            JsonNode report = call("POST", workers.get(page % 2), PAGE, body);
            refreshed += report.path("refreshedUsers").asInt();
            hasMore = report.path("hasMore").asBoolean();
            body = "{\"batchSize\": 20, \"cursor\": \"%s\"}"
                    .formatted(report.path("cursor").asText());
            assertThat(report.path("batchNumber").asInt()).isEqualTo(page + 1);
        }

        assertThat(refreshed).isPositive().isEqualTo((int) pipeline.refreshed());
        pipeline.assertSound();
        await().atMost(LIMIT).untilAsserted(() -> assertThat(workers().findValues("alive"))
                .extracting(JsonNode::asBoolean)
                .containsExactly(true, true));
        await().atMost(LIMIT).untilAsserted(() -> assertThat(workers().findValues("refreshed").stream()
                        .mapToLong(JsonNode::asLong)
                        .sum())
                .isEqualTo(pipeline.refreshed()));

        pipeline.stack().running(Service.worker(2)).orElseThrow().stop();

        assertThat(workers()).hasSize(1);
    }

    private JsonNode workers() throws Exception {
        return call("GET", Service.API, "/api/admin/workers", "").path("data");
    }

    private JsonNode call(String method, Service service, String path, String body) throws Exception {
        Caller admin = Caller.with(pipeline.stack().tokens().of(Bearer.ADMIN));
        Caller.Answer answer = admin.call(method, pipeline.stack().ports().url(service) + path, body);
        assertThat(answer.status()).as(answer.brief()).isEqualTo(200);
        return answer.json();
    }
}
