package io.creditrefresh.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.token.Bearer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several APIs, planners and workers that are started and asked at the same time do everything once. */
class ReplicasIT {

    private static final int USERS = 3_000;
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final List<Service> APIS = List.of(Service.API, Service.api(2), Service.api(3));
    private static final List<Service> PLANNERS = List.of(Service.PLANNER, Service.planner(2));

    @TempDir
    Path directory;

    private final ExecutorService atOnce = Executors.newCachedThreadPool();
    private Pipeline pipeline;

    @BeforeEach
    void start() throws Exception {
        pipeline = new Pipeline(directory);
        pipeline.importUsers(USERS);
        pipeline.beginDay(1);
        pipeline.start(Stream.of(APIS, PLANNERS, List.of(Service.worker(1), Service.worker(2)))
                .flatMap(List::stream)
                .toArray(Service[]::new));
    }

    @AfterEach
    void end() {
        atOnce.shutdownNow();
        pipeline.close();
    }

    @Test
    void doEverythingOnce() throws Exception {
        await().atMost(LIMIT).until(() -> pipeline.count("SELECT count(*) FROM verification_run") > 0);

        List<JsonNode> answers = askAll(
                APIS,
                "/api/admin/credits/bulk-refresh",
                "{\"filter\":{},\"reason\":\"all of them\"}",
                "one-key-for-all");
        long job = answers.get(0).path("id").asLong();
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> {
            askAll(
                    PLANNERS,
                    "/api/scheduled-tasks/credit-refresh-queue",
                    "",
                    UUID.randomUUID().toString());
            return pipeline.query("SELECT state FROM bulk_job WHERE id = " + job)
                    .equals("done");
        });

        assertThat(answers).hasSize(APIS.size());
        assertThat(answers.stream().distinct()).hasSize(1);
        assertThat(pipeline.count("SELECT count(*) FROM bulk_job")).isEqualTo(1);
        assertThat(pipeline.count("SELECT count(*) FROM bulk_item")).isEqualTo(USERS);
        assertThat(pipeline.query("SELECT string_agg(DISTINCT state, ' ' ORDER BY state) FROM bulk_item"))
                .isEqualTo("held refreshed unchanged");
        // Some come due meanwhile, and are refreshed by themselves.
        assertThat(pipeline.count("SELECT count(*) FROM ledger_entry WHERE type IN ('REFRESH', 'MANUAL_REFRESH')"))
                .isPositive()
                .isEqualTo(pipeline.count("SELECT count(DISTINCT account_id) FROM ledger_entry"
                        + " WHERE type IN ('REFRESH', 'MANUAL_REFRESH')"));
        assertThat(pipeline.count("SELECT count(*) FROM bulk_item i JOIN ledger_entry e"
                        + " ON e.account_id = i.account_id AND e.seq = i.entry_seq AND e.amount = i.amount"))
                .isPositive()
                .isEqualTo(pipeline.count("SELECT count(*) FROM bulk_item WHERE state = 'refreshed'"));
        assertThat(pipeline.query("SELECT string_agg(cause, ' ') FROM verification_run"))
                .isEqualTo("start");
        assertThat(pipeline.count("SELECT count(*) FROM refresh_run")).isEqualTo(1);
    }

    private List<JsonNode> askAll(List<Service> services, String path, String body, String key) throws Exception {
        List<Callable<JsonNode>> questions = services.stream()
                .map(service -> (Callable<JsonNode>) () -> {
                    Caller.Answer answer = Caller.with(pipeline.stack().tokens().of(Bearer.ADMIN))
                            .call("POST", pipeline.stack().ports().url(service) + path, body, key);
                    assertThat(answer.status()).as(answer.body()).isIn(200, 202);
                    return answer.json();
                })
                .toList();
        List<JsonNode> answers = new ArrayList<>();
        for (Future<JsonNode> answer : atOnce.invokeAll(questions)) {
            answers.add(answer.get());
        }
        return answers;
    }
}
