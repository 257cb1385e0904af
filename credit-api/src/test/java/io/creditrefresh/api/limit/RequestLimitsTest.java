package io.creditrefresh.api.limit;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.creditrefresh.api.Operations;
import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.api.Writing;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URL;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(LowLimits.class)
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class RequestLimitsTest {

    private static final int BURST = 5;
    private static final String SYNC = "/api/billing/sync-credits";

    @Inject
    SettableMeter time;

    @TestHTTPResource(value = "/health/live", management = true)
    URL health;

    @BeforeEach
    void waitUntilAllMayAskAgain() {
        time.pass(Duration.ofHours(1));
    }

    @Test
    void hasAUserWaitAfterABurstAsLongAsItSays() {
        TestLedger.insert(user("limit-bob"));
        TestLedger.insert(user("limit-carol"));
        for (int i = 0; i < BURST; i++) {
            status("limit-bob").statusCode(200);
        }

        status("limit-bob")
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", equalTo("1"))
                .body("code", equalTo("too_many_requests"))
                .body("instance", equalTo(Operations.STATUS));

        status("limit-carol").statusCode(200);
        time.pass(Duration.ofSeconds(1));
        status("limit-bob").statusCode(200);
        status("limit-bob").statusCode(429);
    }

    @Test
    void hasAUserWaitLongerBeforeTheProviderIsAskedAgain() {
        TestLedger.insert(user("limit-sync"));
        Writing syncing = Writing.as(TestTokens.user("limit-sync"));
        syncing.post(SYNC, "").statusCode(200);
        syncing.post(SYNC, "").statusCode(200);

        syncing.post(SYNC, "").statusCode(429).header("Retry-After", equalTo("10"));

        status("limit-sync").statusCode(200);
        time.pass(Duration.ofSeconds(10));
        syncing.post(SYNC, "").statusCode(200);
    }

    @Test
    void hasSupportWaitAndNeitherBackendsNorAdmins() {
        TestLedger.insert(user("limit-any"));
        for (int i = 0; i < BURST; i++) {
            get(TestTokens.support(), Operations.STATS).statusCode(200);
        }
        get(TestTokens.support(), Operations.STATS).statusCode(429);

        for (int i = 0; i < 4 * BURST; i++) {
            get(TestTokens.admin(), Operations.STATS).statusCode(200);
            Writing.as(TestTokens.service())
                    .post("/api/credits/check", "{'userId': 'limit-any', 'amount': 1}")
                    .statusCode(200);
            Writing.as(TestTokens.service())
                    .post(SYNC, "{'userId': 'limit-any'}")
                    .statusCode(200);
        }
    }

    @Test
    void countsNothingThatNeedsNoTokenAndNothingThatIsNotAllowed() {
        TestLedger.insert(user("limit-open"));
        String token = TestTokens.user("limit-open");
        for (int i = 0; i < 2 * BURST; i++) {
            get(token, Operations.CONFIG).statusCode(200);
            get(token, Operations.STATS).statusCode(403);
            given().get(Operations.STATUS).then().statusCode(401);
            given().get(health).then().statusCode(200);
            Writing.as(token).post("/api/webhooks/billing", "{}").statusCode(400);
        }

        status("limit-open").statusCode(200);
    }

    private static ValidatableResponse status(String userId) {
        return get(TestTokens.user(userId), Operations.STATUS);
    }

    private static ValidatableResponse get(String token, String path) {
        return given().header("Authorization", "Bearer " + token).get(path).then();
    }
}
