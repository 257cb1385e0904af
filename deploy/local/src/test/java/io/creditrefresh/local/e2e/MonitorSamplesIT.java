package io.creditrefresh.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditrefresh.local.day.SimulatedDay;
import io.creditrefresh.local.e2e.Caller.Answer;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.token.Bearer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The monitor is looked at all day long, while accounts are put on hold and released: what it says always adds up. */
class MonitorSamplesIT {

    private static final String MONITOR = "/api/scheduled-tasks/credit-refresh-monitor";
    private static final int USERS = 4_000;
    private static final int SAMPLES = 100;

    /** A simulated day in 60 seconds. Each of two API processes takes a snapshot every 4 seconds. */
    private static final double SPEED = 1_440;

    private static final int SNAPSHOTS = 20;

    /** Jobs that are emitted before the workers are started, so that some are seen in flight. */
    private static final int BACKLOG = 200;

    /** From here on the clock runs at normal speed: the run ends, and its day does not. */
    private static final Duration LAST_SLOT = Duration.ofMinutes(1_410);

    private static final Instant MIDNIGHT = SimulatedDay.startOf(Pipeline.DAY);
    private static final Duration LIMIT = Duration.ofSeconds(180);

    @TempDir
    Path directory;

    private final List<List<JsonNode>> samples = List.of(new ArrayList<>(), new ArrayList<>());
    private Pipeline pipeline;
    private InstantSource clock;
    private Caller admin;
    private long expected;
    private long heldAtFirst;

    @BeforeEach
    void prepare() throws Exception {
        pipeline = new Pipeline(directory);
        pipeline.importUsers(USERS);
        // Users of other days, so that all of this one come before its last slot.
        pipeline.execute("UPDATE credit_account SET period_end = period_end + interval '48 hours',"
                + " refresh_at = refresh_at + interval '48 hours', phase = (phase + 2 * 1440) % 43200"
                + " WHERE phase % 1440 > " + LAST_SLOT.toMinutes());
        expected = pipeline.count("SELECT count(*) FROM credit_account WHERE period_end < '" + MIDNIGHT + "'");
        heldAtFirst = pipeline.count("SELECT count(*) FROM credit_account WHERE phase IS NULL");
        admin = Caller.with(pipeline.stack().tokens().of(Bearer.ADMIN));
        clock = pipeline.beginDay(SPEED, MIDNIGHT.plus(LAST_SLOT));
    }

    @AfterEach
    void end() {
        pipeline.close();
    }

    @Test
    void addUp() throws Exception {
        Holds holds = new Holds(pipeline, clock);
        startApisAndPlanner();
        awaitWhileSampling(() -> {
            holds.change();
            return newest().path("processingJobs").asLong() > BACKLOG;
        });

        pipeline.stack().start(Service.worker(1));
        pipeline.stack().start(Service.worker(2));
        awaitWhileSampling(() -> {
            holds.change();
            return pipeline.open() == 0 && newest().path("run").path("pending").asLong() == 0;
        });

        assertThat(all()).hasSizeGreaterThanOrEqualTo(SAMPLES);
        assertThat(all().stream().filter(sample -> !addsUp(sample)).distinct())
                .as("samples that do not add up to %d accounts", expected)
                .isEmpty();
        assertThat(all().stream().map(sample -> sample.path("takenAt")).distinct())
                .as("snapshots")
                .hasSizeGreaterThanOrEqualTo(SNAPSHOTS);
        samples.forEach(MonitorSamplesIT::assertIsNeverLessComplete);
        assertThat(holds.released()).isGreaterThan(SNAPSHOTS);
        assertThat(all().stream().map(MonitorSamplesIT::held).distinct())
                .as("numbers of held accounts")
                .hasSizeGreaterThan(3)
                .anySatisfy(held -> assertThat(held).isGreaterThan(heldAtFirst));
        assertAgreesWithLedgerAndStats(newest());
        pipeline.assertSound();
        ShownToPrometheus.assertHasAllThatIsRead(pipeline);
    }

    private boolean addsUp(JsonNode sample) {
        JsonNode run = sample.required("run");
        long total = sample.required("totalJobs").asLong();
        return run.required("date").asText().equals(Pipeline.DAY.toString())
                && run.required("expected").asLong() == expected
                && sum(run, "refreshed", "retrying", "failed", "pending", "held") == expected
                && sum(sample, "pendingJobs", "processingJobs", "completedJobs", "failedJobs") == total
                && total + held(sample) == expected
                && sample.required("unaccounted").asLong() == 0;
    }

    private static void assertIsNeverLessComplete(List<JsonNode> ofOneApi) {
        assertThat(ofOneApi)
                .extracting(sample -> sample.path("completedJobs").asLong())
                .isSorted();
    }

    private void assertAgreesWithLedgerAndStats(JsonNode last) throws Exception {
        long completed = last.path("completedJobs").asLong();
        assertThat(completed + held(last)).isEqualTo(expected);
        assertThat(pipeline.refreshed()).isEqualTo(completed);
        assertThat(pipeline.count("SELECT count(DISTINCT account_id) FROM ledger_entry WHERE type = 'REFRESH'"
                        + " AND run_date = '" + Pipeline.DAY + "'"))
                .isEqualTo(completed);
        assertThat(pipeline.count("SELECT count(*) FROM credit_account WHERE phase IS NULL"))
                .isEqualTo(held(last));
        JsonNode stats = ask(Service.API, "/api/admin/credits/refresh-stats");
        assertThat(stats.path("today")).isEqualTo(last.path("run"));
        assertThat(stats.path("totals").path("refreshed").asLong()).isEqualTo(completed);
    }

    /** Two APIs take snapshots at different times. */
    private void startApisAndPlanner() throws Exception {
        pipeline.start(Service.API, Service.api(2), Service.PLANNER);
        await().atMost(LIMIT).ignoreExceptions().until(() -> ask(Service.api(2), MONITOR) != null);
    }

    private void awaitWhileSampling(Condition over) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(250)).until(() -> {
            samples.get(0).add(withoutLists(ask(Service.API, MONITOR)));
            samples.get(1).add(withoutLists(ask(Service.api(2), MONITOR)));
            return over.isMet();
        });
    }

    private interface Condition {

        boolean isMet() throws Exception;
    }

    private ObjectNode ask(Service at, String path) throws Exception {
        Answer answer = admin.get(pipeline.stack().ports().url(at) + path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return (ObjectNode) answer.json();
    }

    private static JsonNode withoutLists(ObjectNode sample) {
        return sample.without(List.of("errors", "recentActivity"));
    }

    /** Of the first API. */
    private JsonNode newest() {
        return samples.get(0).get(samples.get(0).size() - 1);
    }

    private List<JsonNode> all() {
        return samples.stream().flatMap(List::stream).toList();
    }

    private static long held(JsonNode sample) {
        return sample.path("run").path("held").asLong();
    }

    private static long sum(JsonNode node, String... fields) {
        long sum = 0;
        for (String field : fields) {
            sum += node.required(field).asLong();
        }
        return sum;
    }
}
