package io.creditrefresh.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditrefresh.local.day.JobsTopic;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.token.Bearer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work on many accounts, whatever becomes of the service that it was asked of. */
class BulkIT {

    /** The planner ticks every second. */
    private static final double SLOW = 60;

    /** A simulated day in 20 seconds. */
    private static final double FAST = 4_320;

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    private Pipeline pipeline;

    @BeforeEach
    void open() {
        pipeline = new Pipeline(directory);
    }

    @AfterEach
    void end() {
        pipeline.close();
    }

    @Test
    void agreesWithTheLedgerWhenCancelledAtHalfAndTheApiIsRestarted() throws Exception {
        pipeline.importUsers(users(50_000));
        pipeline.beginDay(SLOW);
        pipeline.start(Service.API, Service.PLANNER);
        long job = begin("credits/bulk-refresh", "{\"filter\":{},\"reason\":\"half of it\"}");
        pipeline.stack().running(Service.API).orElseThrow().kill();
        pipeline.start(Service.API);
        // Asked once, it answers the cancellation at once; and small batches leave time for it.
        ask("bulk-jobs/" + job);
        pipeline.stack().start(Service.worker(1), Map.of("CREDIT_REFRESH_BATCH_SIZE", "50"));

        await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> done(job) >= 25_000);
        post("bulk-jobs/" + job + "/cancel", "{}");

        awaitTheTopicsEnd();
        JsonNode progress = ask("bulk-jobs/" + job).path("progress");
        assertThat(progress.path("open").asLong()).as("%s", progress).isBetween(1L, 25_000L);
        assertThat(progress.path("total").asLong()).isEqualTo(50_000);
        assertThat(progress.path("failed").asLong()).isZero();
        Map<String, Long> results = results(job);
        for (String fate : new String[] {"open", "refreshed", "unchanged", "held"}) {
            assertThat(results.getOrDefault(fate, 0L))
                    .as(fate)
                    .isEqualTo(progress.path(fate).asLong());
        }
        assertThatItemsAndLedgerAgree(job);
        pipeline.stack().running(Service.API).orElseThrow().stop();
        pipeline.start(Service.API);
        assertThat(ask("bulk-jobs/" + job).path("progress")).isEqualTo(progress);
    }

    @Test
    void takesABadRunBackOnceAndGivesTheRightAmounts() throws Exception {
        pipeline.importUsers(10_000);
        pipeline.beginDay(FAST);
        pipeline.start(Service.API, Service.PLANNER, Service.worker(1));
        pipeline.awaitEndOfWork();
        post("pause", "{\"note\":\"a bad run\"}");
        spendOfSome();
        pipeline.execute("CREATE TABLE before_restore AS SELECT a.*, e.amount, e.seq AS refresh_seq"
                + " FROM credit_account a JOIN ledger_entry e ON e.account_id = a.id AND e.type = 'REFRESH'");
        long refreshed = pipeline.refreshed();
        long entries = pipeline.count("SELECT count(*) FROM ledger_entry");

        String day = Pipeline.DAY.toString();
        String nextDay = Pipeline.DAY.plusDays(1).toString();
        long first = begin("credits/restore", "{\"from\":\"" + day + "T00:00:00Z\",\"to\":\"" + day + "T16:00:00Z\"}");
        long second =
                begin("credits/restore", "{\"from\":\"" + day + "T08:00:00Z\",\"to\":\"" + nextDay + "T12:00:00Z\"}");
        awaitTheEndOf(first);
        awaitTheEndOf(second);

        assertThat(pipeline.count("SELECT count(*) FROM ledger_entry WHERE type = 'RESTORE'"))
                .isEqualTo(refreshed);
        assertThat(pipeline.count("SELECT count(*) FROM ledger_entry")).isEqualTo(entries + refreshed);
        assertThat(pipeline.count("SELECT count(*) FROM credit_account a JOIN before_restore b USING (id)"
                        + " WHERE a.bonus <> b.bonus OR a.period_end <> b.period_end"
                        + " OR a.allowance <> b.allowance - least(b.allowance, b.amount)"))
                .isZero();
        JsonNode progress = ask("bulk-jobs/" + second).path("progress");
        assertThat(progress.path("already").asLong()
                        + ask("bulk-jobs/" + first)
                                .path("progress")
                                .path("already")
                                .asLong())
                .as("refreshes that both ranges had")
                .isPositive();

        for (long job : new long[] {first, second}) {
            awaitTheEndOf(begin("credits/bulk-refresh", "{\"filter\":{\"restoredBy\":" + job + "}}"));
        }

        assertThat(pipeline.count("SELECT count(*) FROM credit_account a JOIN before_restore b USING (id)"
                        + " WHERE a.allowance < a.granted_this_period OR a.bonus <> b.bonus"))
                .isZero();
        pipeline.assertSound();
    }

    /** Most of them have spent; some are held, and some come due in the first hours of the day. */
    private static String users(int count) {
        StringBuilder csv = new StringBuilder("userId,email,tier,creditBalance,lastCreditRefresh,creditRefreshHold,"
                + "creditRefreshDay,customCreditAmount\n");
        for (int i = 0; i < count; i++) {
            String lastRefresh = i % 7 == 0 ? "2026-10-20T01:00:00Z" : "2026-11-10T01:00:00Z";
            csv.append("user-%d,,free,%d,%s,%s,,\n"
                    .formatted(i, i % 10 == 1 ? 1_000 : 300, lastRefresh, i % 50 == 3 ? "true" : ""));
        }
        return csv.toString();
    }

    /** A tenth of them spends, some of them more than they had before. */
    private void spendOfSome() throws Exception {
        Caller service = Caller.with(pipeline.stack().tokens().of(Bearer.SERVICE));
        String url = pipeline.stack().ports().url(Service.API) + "/api/credits/consume";
        String[] users = pipeline.query("SELECT string_agg(user_id, ' ') FROM (SELECT user_id FROM subscriber"
                        + " WHERE user_id ~ '^[a-z0-9-]+$' ORDER BY id LIMIT 500) AS u")
                .split(" ");
        for (int i = 0; i < users.length; i++) {
            Caller.Answer answer = service.call(
                    "POST", url, "{\"userId\":\"" + users[i] + "\",\"amount\":" + (i % 2 == 0 ? 10 : 990) + "}");
            assertThat(answer.status()).as(answer.body()).isIn(200, 402);
        }
    }

    private void assertThatItemsAndLedgerAgree(long job) {
        assertThat(pipeline.count("SELECT count(*) FROM bulk_item WHERE state = 'refreshed' AND job_id = " + job))
                .isEqualTo(pipeline.count("SELECT count(*) FROM bulk_item i JOIN ledger_entry e"
                        + " ON e.account_id = i.account_id AND e.seq = i.entry_seq AND e.type = i.entry_type"
                        + " AND e.amount = i.amount AND e.balance_before = i.balance_before"
                        + " AND e.balance_after = i.balance_after WHERE i.job_id = " + job));
        assertThat(pipeline.count("SELECT count(*) FROM ledger_entry WHERE idempotency_key = 'bulk:" + job + "'"))
                .isPositive()
                .isEqualTo(pipeline.count(
                        "SELECT count(*) FROM bulk_item WHERE entry_type = 'MANUAL_REFRESH' AND job_id = " + job));
    }

    private void awaitTheTopicsEnd() {
        try (JobsTopic topic = new JobsTopic(pipeline.stack().kafka().bootstrapServers())) {
            // What comes due meanwhile is refreshed as ever: the end is the one of this moment.
            long emitted = await().ignoreExceptions().until(topic::emitted, jobs -> jobs > 0);
            await().atMost(LIMIT).ignoreExceptions().until(() -> topic.acknowledged() >= emitted);
        }
    }

    private void awaitTheEndOf(long job) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> pipeline.query(
                        "SELECT state FROM bulk_job WHERE id = " + job)
                .equals("done"));
    }

    private long done(long job) {
        return pipeline.count("SELECT count(*) FROM bulk_item WHERE state <> 'open' AND job_id = " + job);
    }

    private long begin(String path, String body) throws Exception {
        return post(path, body).path("id").asLong();
    }

    private JsonNode post(String path, String body) throws Exception {
        Caller.Answer answer = Caller.with(pipeline.stack().tokens().of(Bearer.ADMIN))
                .call("POST", pipeline.stack().ports().url(Service.API) + "/api/admin/" + path, body);
        assertThat(answer.status()).as(answer.body()).isIn(200, 202);
        return answer.json();
    }

    private JsonNode ask(String path) throws Exception {
        return get(path).json();
    }

    private Caller.Answer get(String path) throws Exception {
        Caller.Answer answer = Caller.with(pipeline.stack().tokens().of(Bearer.SUPPORT))
                .get(pipeline.stack().ports().url(Service.API) + "/api/admin/" + path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    /** How many lines of the file have which fate; user ids of the sample are plain. */
    private Map<String, Long> results(long job) throws Exception {
        return get("bulk-jobs/" + job + "/results")
                .body()
                .lines()
                .skip(1)
                .map(line -> line.replaceAll("\"[^\"]*\"", "quoted").split(",", -1)[4])
                .collect(Collectors.groupingBy(fate -> fate, Collectors.counting()));
    }
}
