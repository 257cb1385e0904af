package io.creditrefresh.api.failure;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.api.Writing;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class FailureResourceTest {

    private static final Instant YESTERDAY = Instant.parse("2026-11-19T10:00:00Z");

    @Test
    void listsAndGroupsFailuresOfThePresentPeriod() {
        long retrying = failed("fail-a", "retrying", "no plan gold", "2026-11-20T12:01:00Z");
        long exhausted = failed("fail-b", "exhausted", "no plan gold", "2026-11-20T13:00:00Z");
        long over = failed("fail-c", "exhausted", "no plan gold", "2026-11-20T13:00:00Z");
        TestLedger.execute(
                "UPDATE refresh_failure SET due_at = due_at - interval '30 days' WHERE account_id = " + over);

        List<Integer> listed = get("?error=no+plan+gold").extract().path("data.accountId");

        assertThat(listed).containsExactly((int) retrying, (int) exhausted);
        get("?state=exhausted&error=no+plan+gold")
                .body("data.userId", equalTo(List.of("fail-b")))
                .body("data[0].category", equalTo("data"))
                .body("data[0].dueAt", equalTo("2026-11-19T10:00:00Z"));
        get("/groups")
                .body("data.find { it.error == 'no plan gold' }.retrying", is(1))
                .body("data.find { it.error == 'no plan gold' }.exhausted", is(1));
    }

    @Test
    void hasOneAccountTriedAgainAtOnce() {
        long account = failed("fail-one", "exhausted", "one", "2026-11-20T13:00:00Z");

        redrive("/" + account + "/redrive", "{'reason': 'mended'}").body("redriven", is(1));

        assertThat(nextAttempt(account)).isEqualTo("2026-11-20 12:00:00+00");
        assertThat(TestLedger.query("SELECT row(role, reason, after) FROM audit_entry WHERE action = 'redrive' AND"
                        + " after ->> 'account' = '" + account + "'"))
                .isEqualTo("(admin,mended,\"{\"\"account\"\": " + account + "}\")");
        Writing.as(TestTokens.admin())
                .post("/api/admin/refresh-failures/999999999/redrive", "{}")
                .statusCode(404);
        Writing once = Writing.as(TestTokens.admin()).under("redrive-1");
        for (int i = 0; i < 2; i++) {
            once.post("/api/admin/refresh-failures/" + account + "/redrive", "{'reason': 'under a key'}")
                    .statusCode(200)
                    .body("redriven", is(1));
        }
        assertThat(TestLedger.query("SELECT count(*) FROM audit_entry WHERE reason = 'under a key'"))
                .isEqualTo("1");
    }

    @Test
    void hasAllOfAFilterTriedAgainOnce() {
        long first = failed("fail-all-1", "exhausted", "all of us", "2026-11-20T13:00:00Z");
        long second = failed("fail-all-2", "exhausted", "all of us", "2026-11-20T13:00:00Z");
        long other = failed("fail-all-3", "exhausted", "not us", "2026-11-20T13:00:00Z");

        redrive("/redrive", "{'error': 'all of us'}").body("redriven", is(2));
        redrive("/redrive", "{'error': 'all of us'}").body("redriven", is(0));

        assertThat(nextAttempt(first)).isEqualTo(nextAttempt(second)).isEqualTo("2026-11-20 12:00:00+00");
        assertThat(nextAttempt(other)).isEqualTo("2026-11-20 13:00:00+00");
    }

    @Test
    void refusesAFilterThatIsNone() {
        Writing.as(TestTokens.admin())
                .post("/api/admin/refresh-failures/redrive", "{'state': 'lost'}")
                .statusCode(400);
        given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/refresh-failures?category=weather")
                .then()
                .statusCode(400);
    }

    private static long failed(String userId, String state, String error, String nextAttemptAt) {
        long account = TestLedger.insert(user(userId).periodEnd(YESTERDAY));
        TestLedger.execute("INSERT INTO refresh_failure (account_id, due_at, next_attempt_at, first_failed_at,"
                + " last_failed_at, attempts, state, category, last_error) VALUES (" + account + ", '" + YESTERDAY
                + "', '" + nextAttemptAt + "', '" + YESTERDAY + "', '" + YESTERDAY + "', 4, '" + state + "', 'data', '"
                + error + "')");
        return account;
    }

    private static String nextAttempt(long account) {
        return TestLedger.query("SELECT (next_attempt_at AT TIME ZONE 'UTC') || '+00' FROM refresh_failure WHERE"
                + " account_id = " + account);
    }

    private static ValidatableResponse redrive(String path, String body) {
        return Writing.as(TestTokens.admin())
                .post("/api/admin/refresh-failures" + path, body)
                .statusCode(200);
    }

    private static ValidatableResponse get(String path) {
        return given().urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/refresh-failures" + path)
                .then()
                .statusCode(200);
    }
}
