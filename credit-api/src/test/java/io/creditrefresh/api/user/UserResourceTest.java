package io.creditrefresh.api.user;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
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
class UserResourceTest {

    private static final Instant TOMORROW = Instant.parse("2026-11-21T10:00:00Z");

    @Test
    void findsUsersByTheBeginningOfIdOrAddress() {
        provision("find_me-1", "Carla@example.com");
        provision("find_me-2", "other@example.com");
        provision("findXme-3", "carlos@example.com");

        assertThat(ids("find_me")).containsExactly("find_me-1", "find_me-2");
        assertThat(ids("CARL")).containsExactly("find_me-1", "findXme-3");
        assertThat(ids("%25")).isEmpty();
        assertThat(ids("nobody-like-this")).isEmpty();
    }

    @Test
    void pagesThroughUsers() {
        for (int i = 0; i < 5; i++) {
            TestLedger.insert(user("paged-user-" + i).periodEnd(TOMORROW));
        }

        var first = get("?search=paged-user&limit=2").extract();
        var second = get("?search=paged-user&limit=2&cursor=" + first.<String>path("nextCursor"))
                .extract();
        var third = get("?search=paged-user&limit=2&cursor=" + second.<String>path("nextCursor"))
                .body("hasMore", is(false))
                .extract();

        assertThat(first.<List<String>>path("data.userId")).containsExactly("paged-user-0", "paged-user-1");
        assertThat(second.<List<String>>path("data.userId")).containsExactly("paged-user-2", "paged-user-3");
        assertThat(third.<List<String>>path("data.userId")).containsExactly("paged-user-4");
    }

    @Test
    void showsOneUserWhole() {
        Writing.as(TestTokens.service())
                .post(
                        "/api/provision",
                        "{'userId': 'whole', 'plan': 'pro', 'email': 'w@example.com', 'billingCustomerId': 'cus-whole'}")
                .statusCode(200);

        get("/whole")
                .body("email", equalTo("w@example.com"))
                .body("status.balances[0].balance", is(20_000))
                .body("next.refreshes", hasSize(1))
                .body("settings.hold", is(false))
                .body("customers[0].customerId", equalTo("cus-whole"))
                .body("subscriptions", hasSize(0));
        given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/users/nobody-at-all")
                .then()
                .statusCode(404)
                .body("code", equalTo("user_not_found"));
    }

    private static List<String> ids(String search) {
        return get("?search=" + search).extract().path("data.userId");
    }

    private static ValidatableResponse get(String path) {
        return given().urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/users" + path)
                .then()
                .statusCode(200);
    }

    private static void provision(String userId, String email) {
        Writing.as(TestTokens.service())
                .post("/api/provision", "{'userId': '" + userId + "', 'plan': 'free', 'email': '" + email + "'}")
                .statusCode(200);
    }
}
