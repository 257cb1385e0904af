package io.creditrefresh.api.run;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class RunResourceTest {

    private static final Instant TODAY = Instant.parse("2026-11-20T00:00:00Z");

    @Inject
    RunSnapshots snapshots;

    @BeforeEach
    @AfterEach
    void forgetEverything() {
        TestLedger.execute("TRUNCATE credit_account, subscriber, refresh_failure, refresh_run, refresh_batch,"
                + " planner_position CASCADE");
        snapshots.take();
    }

    @Test
    void showsTodaysRunInJobs() {
        plantARun();
        snapshots.take();

        get("/api/scheduled-tasks/credit-refresh-monitor")
                .statusCode(200)
                .body("totalJobs", is(14))
                .body("pendingJobs", is(3))
                .body("processingJobs", is(1))
                .body("completedJobs", is(9))
                .body("failedJobs", is(1))
                .body("successRate", is(90f))
                .body("averageProcessingTime", is(0.5f))
                .body("lastRunTime", equalTo("2026-11-20T11:58:01Z"))
                .body("nextScheduledRun", equalTo("2026-11-20T13:00:00Z"))
                .body("errors", hasSize(2))
                .body("errors.state", contains("retrying", "exhausted"))
                .body("errors[1].error", equalTo("out of range"))
                .body("errors[1].timestamp", equalTo("2026-11-20T11:00:00Z"))
                .body("recentActivity", hasSize(2))
                .body("recentActivity[0].refreshed", is(4))
                .body("recentActivity[0].appliedBy", equalTo("worker"))
                .body("run.date", equalTo("2026-11-20"))
                .body("run.planned", is(15))
                .body("run.expected", is(15))
                .body("run.refreshed", is(9))
                .body("run.retrying", is(1))
                .body("run.failed", is(1))
                .body("run.pending", is(3))
                .body("run.inFlight", is(1))
                .body("run.held", is(1))
                .body("overdue", is(0))
                .body("unaccounted", is(0))
                .body("refreshPaused", is(false))
                .body("takenAt", equalTo("2026-11-20T12:00:00Z"));
    }

    @Test
    void namesAJobByItsAccountAndPeriodEnd() {
        long id = TestLedger.insert(user("broken").periodEnd(TODAY).refreshAt(TODAY.plusSeconds(3_600)));
        fail(id, "exhausted", "2026-11-20T11:00:00Z");
        snapshots.take();

        get("/api/scheduled-tasks/credit-refresh-monitor").body("errors.jobId", contains(id + "@2026-11-20T00:00:00Z"));
    }

    @Test
    void showsTheRunsBefore() {
        plantARun();
        TestLedger.execute("INSERT INTO refresh_batch (run_date, applied_by, started_at, finished_at, busy_micros,"
                + " refreshed, skipped, already, failed) VALUES"
                + " ('2026-11-19', 'worker', '2026-11-19T10:00:00Z', '2026-11-19T10:00:01Z', 30000, 20, 0, 2, 1),"
                + " ('2026-11-17', 'worker', '2026-11-17T10:00:00Z', '2026-11-17T10:00:01Z', 10000, 10, 0, 0, 0),"
                + " ('2026-11-12', 'worker', '2026-11-12T10:00:00Z', '2026-11-12T10:00:01Z', 10000, 99, 0, 0, 0)");
        snapshots.take();

        get("/api/admin/credits/refresh-stats")
                .statusCode(200)
                .body("totals.runs", is(3))
                .body("totals.refreshed", is(39))
                .body("totals.pending", is(3))
                .body("totals.retrying", is(1))
                .body("totals.failed", is(1))
                .body("totals.held", is(1))
                .body("totals.unaccounted", is(0))
                .body("successRate", is(97.5f))
                .body("averages.refreshesPerRun", is(15f))
                .body("averages.processingTime", is(1.141f))
                .body("today.expected", is(15))
                .body("lastRun.date", equalTo("2026-11-19"))
                .body("lastRun.refreshed", is(20))
                .body("lastRun.failedAttempts", is(1))
                .body("lastRun.averageProcessingTime", is(1.5f))
                .body("lastRun.planned", equalTo(null))
                .body("runs.date", contains("2026-11-19", "2026-11-17"))
                .body("nextScheduledRun", equalTo("2026-11-20T13:00:00Z"))
                .body("errors", hasSize(2))
                .body("recentActivity[0].runDate", equalTo("2026-11-12"));
    }

    @Test
    void countsThoseWhoFailedYesterdayToo() {
        plantARun();
        fail(
                TestLedger.insert(user("yesterday").periodEnd(TODAY).refreshAt(TODAY.plusSeconds(30))),
                "exhausted",
                "2026-11-20T00:10:00Z");
        TestLedger.execute("UPDATE credit_account a SET period_end = a.period_end - interval '1 day',"
                + " refresh_at = a.refresh_at - interval '1 day', phase = mod(phase + 43200 - 1440, 43200)"
                + " FROM subscriber s WHERE s.id = a.subscriber_id AND s.user_id = 'yesterday'");
        TestLedger.execute("UPDATE refresh_failure f SET due_at = a.period_end FROM credit_account a"
                + " WHERE a.id = f.account_id");
        snapshots.take();

        get("/api/scheduled-tasks/credit-refresh-monitor")
                .body("failedEarlier", is(1))
                .body("run.failed", is(1))
                .body("run.expected", is(15));
        get("/api/admin/credits/refresh-stats")
                .body("totals.failedEarlier", is(1))
                .body("successRate", is(81.81f));
    }

    @Test
    void hasNoRatesBeforeTheFirstRefresh() {
        get("/api/scheduled-tasks/credit-refresh-monitor")
                .statusCode(200)
                .body("totalJobs", is(0))
                .body("successRate", equalTo(null))
                .body("averageProcessingTime", equalTo(null))
                .body("lastRunTime", equalTo(null))
                .body("nextScheduledRun", equalTo(null))
                .body("run.planned", equalTo(null));
        get("/api/admin/credits/refresh-stats")
                .statusCode(200)
                .body("successRate", equalTo(null))
                .body("averages.processingTime", equalTo(null))
                .body("lastRun", equalTo(null));
    }

    /** 9 refreshed, 3 pending of which 1 is in flight, 1 retrying, 1 out of retries, 1 on hold. */
    private static void plantARun() {
        TestLedger.execute("INSERT INTO refresh_run (run_date, opened_at, planned, planned_per_slot)"
                + " VALUES ('2026-11-20', '2026-11-20', 15, array_fill(0, ARRAY[1440]))");
        TestLedger.execute("INSERT INTO refresh_batch (run_date, applied_by, started_at, finished_at, busy_micros,"
                + " refreshed, skipped, already, failed) VALUES"
                + " ('2026-11-20', 'worker', '2026-11-20T10:00:00Z', '2026-11-20T10:00:01Z', 2500, 5, 0, 0, 1),"
                + " ('2026-11-20', 'worker', '2026-11-20T11:58:00Z', '2026-11-20T11:58:01Z', 2000, 4, 0, 1, 0)");
        TestLedger.execute("INSERT INTO planner_position (watermark_minute, watermark_account_id, marked_minute,"
                + " marked_at) SELECT m, 9223372036854775807, m, '2026-11-20' FROM (SELECT"
                + " date_part('epoch', timestamptz '2026-11-20T12:00:00Z')::bigint / 60 AS m) AS minute");
        TestLedger.insert(user("in-flight").periodEnd(TODAY).refreshAt(TODAY.plusSeconds(11 * 3_600)));
        TestLedger.insert(user("coming-1").periodEnd(TODAY).refreshAt(TODAY.plusSeconds(13 * 3_600)));
        TestLedger.insert(user("coming-2").periodEnd(TODAY).refreshAt(TODAY.plusSeconds(14 * 3_600)));
        TestLedger.insert(user("tomorrow").periodEnd(TODAY).refreshAt(TODAY.plusSeconds(25 * 3_600)));
        TestLedger.insert(user("held").onHold().periodEnd(TODAY));
        fail(
                TestLedger.insert(user("retrying").periodEnd(TODAY).refreshAt(TODAY.plusSeconds(3_600))),
                "retrying",
                "2026-11-20T11:59:00Z");
        fail(
                TestLedger.insert(user("exhausted").periodEnd(TODAY).refreshAt(TODAY.plusSeconds(3_600))),
                "exhausted",
                "2026-11-20T11:00:00Z");
    }

    private static void fail(long accountId, String state, String at) {
        TestLedger.execute("INSERT INTO refresh_failure (account_id, due_at, next_attempt_at, first_failed_at,"
                + " last_failed_at, attempts, state, category, last_error) VALUES (" + accountId
                + ", '2026-11-20T00:00:00Z', '2026-11-20T12:30:00Z', '" + at + "', '" + at + "', 2, '" + state
                + "', 'data', 'out of range')");
    }

    private static ValidatableResponse get(String path) {
        return given().header("Authorization", "Bearer " + TestTokens.support())
                .get(path)
                .then();
    }
}
