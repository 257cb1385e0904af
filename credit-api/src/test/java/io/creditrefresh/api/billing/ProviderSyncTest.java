package io.creditrefresh.api.billing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.api.Writing;
import io.creditrefresh.billing.stripe.FakeStripe;
import io.creditrefresh.edge.token.TestTokens;
import io.creditrefresh.ledger.provider.FakeSubscription;
import io.creditrefresh.ledger.provider.ProviderStatus;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(BillingProviders.class)
class ProviderSyncTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    FakeStripe stripe;

    @Inject
    CircuitBreakerMaintenance breakers;

    @AfterEach
    void forgetAnswers() {
        stripe.honest();
        breakers.resetAll();
    }

    @Test
    void healsAPurchaseWhoseEventNeverCame() {
        provision("lost", "cus-lost");
        stripe.has(
                "cus-lost",
                FakeSubscription.of("sub-lost", "pro", ProviderStatus.ACTIVE, NOW)
                        .created());

        sync("lost")
                .body("provider", equalTo("asked"))
                .body("granted", hasSize(1))
                .body("granted[0].type", equalTo("UPGRADE"))
                .body("granted[0].amount", is(20_000))
                .body("status.plan", equalTo("pro"));
        sync("lost").body("granted", hasSize(0));

        assertThat(balance("lost")).isEqualTo("21000");
    }

    @Test
    void showsInTheVerificationWhatNoEventHasTold() {
        provision("unheard", "cus-unheard");
        stripe.has(
                "cus-unheard",
                FakeSubscription.of("sub-unheard", "pro", ProviderStatus.ACTIVE, NOW)
                        .created());

        assertThat(differences()).anyMatch(detail -> detail.contains("sub-unheard at stripe is pro active"));
        sync("unheard").body("granted", hasSize(1));
        assertThat(differences()).noneMatch(detail -> detail.contains("sub-unheard"));
        TestLedger.execute("UPDATE provider_subscription SET plan = 'scale' WHERE subscription_id = 'sub-unheard'");
        assertThat(differences()).anyMatch(detail -> detail.contains("scale active, the user is pro active"));
        TestLedger.execute("UPDATE provider_subscription SET plan = 'pro' WHERE subscription_id = 'sub-unheard'");
    }

    private static List<String> differences() {
        Writing.as(TestTokens.support())
                .post("/api/admin/credits/verification", "")
                .statusCode(200);
        return given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/credits/verification?limit=200")
                .then()
                .extract()
                .path("data.findAll { it.type == 'differs_from_provider' }.detail");
    }

    @Test
    void lowersNothingWhenTheProviderSaysThatItIsOver() {
        FakeSubscription subscription = FakeSubscription.of("sub-over", "pro", ProviderStatus.ACTIVE, NOW);
        stripe.has("cus-over", subscription.created());
        provision("over", "cus-over");
        assertThat(balance("over")).isEqualTo("21000");

        stripe.has("cus-over", subscription.deleted(NOW.plusSeconds(60)));
        sync("over").body("granted", hasSize(0)).body("status.billingState", equalTo("cancelled"));

        assertThat(balance("over")).isEqualTo("21000");
    }

    @Test
    void leavesAloneWhatWasOverBeforeAnybodyToldOfIt() {
        stripe.has(
                "cus-past",
                FakeSubscription.of("sub-past", "starter", ProviderStatus.CANCELED, NOW.minusSeconds(99_000_000))
                        .created());

        Writing.as(TestTokens.service())
                .post("/api/provision", "{'userId': 'past', 'plan': 'pro', 'billingCustomerId': 'cus-past'}")
                .statusCode(200)
                .body("plan", equalTo("pro"))
                .body("billingState", equalTo("active"));
        sync("past").body("provider", equalTo("asked")).body("status.billingState", equalTo("active"));
    }

    @Test
    void saysThatAPriceIsNotUnderstoodAndLeavesTheBreakerClosed() {
        provision("odd", "cus-odd");
        stripe.has(
                "cus-odd",
                FakeSubscription.of("sub-odd", "gold", ProviderStatus.ACTIVE, NOW)
                        .created());

        for (int i = 0; i < 7; i++) {
            sync("odd").body("provider", equalTo("not_understood"));
        }

        provision("even", "cus-even");
        sync("even").body("provider", equalTo("asked"));
    }

    @Test
    void asksAtProvisioning() {
        stripe.has(
                "cus-known",
                FakeSubscription.of("sub-known", "starter", ProviderStatus.ACTIVE, NOW)
                        .created());

        provision("known", "cus-known").body("plan", equalTo("starter")).body("balances[0].balance", is(6_000));
    }

    @Test
    void goesOnWithoutAProviderThatDoesNotAnswerAndSaysSo() {
        provision("weather", "cus-weather");
        for (int i = 0; i < 8; i++) {
            stripe.answering(500, "{}");
        }

        for (int i = 0; i < 5; i++) {
            sync("weather").body("provider", equalTo("unavailable"));
        }
        int questions = stripe.questions();
        sync("weather").body("provider", equalTo("unavailable"));

        assertThat(stripe.questions()).as("the circuit breaker is open").isEqualTo(questions);
    }

    @Test
    void saysWhenNobodyKnowsWhichCustomerAUserIs() {
        provision("stranger", null);

        sync("stranger").body("provider", equalTo("no_customer")).body("granted", hasSize(0));
    }

    @Test
    void letsSupportSyncAUserAndNotesIt() {
        provision("supported", null);

        Writing.as(TestTokens.support())
                .post("/api/billing/sync-credits", "{'userId': 'supported'}")
                .statusCode(200);

        assertThat(TestLedger.query("SELECT row(e.role, e.action) FROM audit_entry e JOIN subscriber s ON s.id ="
                        + " e.subscriber_id WHERE s.user_id = 'supported'"))
                .isEqualTo("(support,sync-credits)");
    }

    @Test
    void refusesACustomerThatIsAnotherUser() {
        provision("first", "cus-shared");

        Writing.as(TestTokens.service())
                .post("/api/provision", "{'userId': 'second', 'plan': 'free', 'billingCustomerId': 'cus-shared'}")
                .statusCode(409)
                .body("code", equalTo("customer_taken"));

        given().header("Authorization", "Bearer " + TestTokens.user("second"))
                .get("/api/user/credits/status")
                .then()
                .statusCode(404);
    }

    private static ValidatableResponse sync(String userId) {
        return Writing.as(TestTokens.user(userId))
                .post("/api/billing/sync-credits", "")
                .statusCode(200);
    }

    private static ValidatableResponse provision(String userId, @Nullable String customerId) {
        String customer = customerId == null ? "" : ", 'billingCustomerId': '" + customerId + "'";
        return Writing.as(TestTokens.service())
                .post("/api/provision", "{'userId': '" + userId + "', 'plan': 'free'" + customer + "}")
                .statusCode(200);
    }

    private static String balance(String userId) {
        return TestLedger.query("SELECT a.allowance + a.bonus FROM credit_account a JOIN subscriber s ON s.id ="
                + " a.subscriber_id WHERE s.user_id = '" + userId + "'");
    }
}
