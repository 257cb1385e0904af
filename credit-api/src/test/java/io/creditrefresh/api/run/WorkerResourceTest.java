package io.creditrefresh.api.run;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class WorkerResourceTest {

    @AfterEach
    void forget() {
        TestLedger.execute("DELETE FROM worker_state");
    }

    @Test
    void showsEachWorkerThatHasToldOfItself() {
        TestLedger.execute("INSERT INTO worker_state (worker_id, started_at, heartbeat_at, breaker, paused,"
                + " last_batch_at, batch_since, jobs, refreshed, failed) VALUES"
                + " ('silent:1', '2026-11-19T00:00Z', '2026-11-20T11:50Z', 'open', false, NULL, NULL, 0, 0, 0),"
                + " ('well:1', '2026-11-19T00:00Z', '2026-11-20T12:00Z', 'closed', true, '2026-11-20T11:59Z',"
                + " '2026-11-20T11:59:30Z', 12, 9, 2)");

        workers()
                .statusCode(200)
                .body("data.workerId", contains("well:1", "silent:1"))
                .body("data.alive", contains(true, false))
                .body("data[0].startedAt", equalTo("2026-11-19T00:00:00Z"))
                .body("data[0].breaker", equalTo("closed"))
                .body("data[0].paused", is(true))
                .body("data[0].lastBatchAt", equalTo("2026-11-20T11:59:00Z"))
                .body("data[0].batchSince", equalTo("2026-11-20T11:59:30Z"))
                .body("data[0].jobs", is(12))
                .body("data[0].refreshed", is(9))
                .body("data[0].failed", is(2))
                .body("data[1].breaker", equalTo("open"))
                .body("data[1].lastBatchAt", nullValue());
    }

    @Test
    void isEmptyBeforeTheFirstOneStarts() {
        workers().statusCode(200).body("data", empty());
    }

    private static ValidatableResponse workers() {
        return given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/workers")
                .then();
    }
}
