package io.creditrefresh.api.audit;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

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
class AuditResourceTest {

    private static final Instant TOMORROW = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void showsWhatConcernedAUserWithWhatItWasAndHasBecome() {
        TestLedger.insert(user("audited").holding(5, 0).periodEnd(TOMORROW));
        for (String plan : List.of("starter", "pro", "free")) {
            Writing.as(TestTokens.admin())
                    .post(
                            "/api/admin/users/audited/change-plan",
                            "{'plan': '" + plan + "', 'reason': 'to " + plan + "'}")
                    .statusCode(200);
        }

        var first = get("?userId=audited&limit=2")
                .body("data.reason", equalTo(List.of("to free", "to pro")))
                .body("data[0].before.plan", equalTo("pro"))
                .body("data[0].after.plan", equalTo("free"))
                .body("data[0].userId", equalTo("audited"))
                .body("data[0].actor", equalTo("admin:somebody"))
                .extract();
        get("?userId=audited&limit=2&cursor=" + first.<String>path("nextCursor"))
                .body("data.reason", equalTo(List.of("to starter")))
                .body("hasMore", is(false));
    }

    @Test
    void showsWhatConcernedNobodyInParticular() {
        Writing.as(TestTokens.admin())
                .post("/api/admin/webhooks/replay", "{'since': '2026-11-20T00:00:00Z', 'reason': 'nobody'}")
                .statusCode(200);

        List<Object> users = get("?limit=200").extract().path("data.findAll { it.reason == 'nobody' }.userId");

        assertThat(users).hasSize(1).containsOnlyNulls();
        get("?limit=200").body("data.find { it.reason == 'nobody' }.before", nullValue());
    }

    @Test
    void knowsNoOtherUsers() {
        given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/audit-log?userId=nobody-at-all")
                .then()
                .statusCode(404);
    }

    private static ValidatableResponse get(String query) {
        return given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/audit-log" + query)
                .then()
                .statusCode(200);
    }
}
