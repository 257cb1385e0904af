package io.creditrefresh.api.privacy;

import static io.creditrefresh.api.billing.Deliveries.deliver;
import static io.creditrefresh.ledger.store.AccountFixture.user;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.api.Writing;
import io.creditrefresh.api.billing.BillingProviders;
import io.creditrefresh.billing.stripe.StripeJson;
import io.creditrefresh.edge.token.TestTokens;
import io.creditrefresh.ledger.provider.FakeSubscription;
import io.creditrefresh.ledger.provider.ProviderStatus;
import io.creditrefresh.ledger.provider.Snapshot;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(BillingProviders.class)
class AnonymiseTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant TOMORROW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant YESTERDAY = Instant.parse("2026-11-19T10:00:00Z");

    @Test
    void namesTheIdUnderWhichTheLedgerStays() {
        TestLedger.insert(user("anon-ledger").holding(300, 7).periodEnd(TOMORROW));

        String id = anonymise("anon-ledger", "{'reason': 'asked for it'}")
                .statusCode(200)
                .body("dryRun", is(false))
                .body("entries.type", equalTo(List.of("SETTINGS")))
                .extract()
                .path("anonymousId");

        get(TestTokens.support(), "/api/admin/users/" + id)
                .statusCode(200)
                .body("userId", equalTo(id))
                .body("email", nullValue())
                .body("status.balances[0].balance", is(307))
                .body("settings.hold", is(true));
        get(TestTokens.support(), "/api/admin/users/" + id + "/explain")
                .statusCode(200)
                .body("accounts[0].sum.addsUp", is(true));
        assertThat(TestLedger.query("SELECT row(action, role, reason, before ->> 'hold', after ->> 'hold') FROM"
                        + " audit_entry e JOIN subscriber s ON s.id = e.subscriber_id WHERE user_id = '" + id + "'"))
                .isEqualTo("(anonymise,admin,\"asked for it\",false,true)");
    }

    @Test
    void tellsInADryRunWhatItThenDoes() {
        TestLedger.insert(user("anon-dry").holding(3, 7).periodEnd(YESTERDAY));

        var told = anonymise("anon-dry", "{'dryRun': true}")
                .statusCode(200)
                .body("dryRun", is(true))
                .body("anonymousId", nullValue())
                .extract()
                .jsonPath();
        var done = anonymise("anon-dry", "{}").statusCode(200).extract().jsonPath();

        assertThat(told.getList("entries.type")).isEqualTo(List.of("REFRESH", "SETTINGS"));
        assertThat(done.getList("entries")).isEqualTo(told.getList("entries"));
    }

    @Test
    void givesTheSameAnswerUnderTheSameKey() {
        TestLedger.insert(user("anon-key").periodEnd(TOMORROW));
        Writing once = Writing.as(TestTokens.admin()).under("anonymise-once");
        String path = "/api/admin/users/anon-key/anonymise";

        String first = once.post(path, "{}").statusCode(200).extract().asString();

        assertThat(once.post(path, "{}").statusCode(200).extract().asString()).isEqualTo(first);
        once.post(path, "{'reason': 'another'}").statusCode(422);
        anonymise("anon-key", "{}").statusCode(404).body("code", equalTo("user_not_found"));
    }

    @Test
    void knowsTheOldIdNowhere() {
        TestLedger.insert(user("anon-gone").periodEnd(TOMORROW));
        anonymise("anon-gone", "{}").statusCode(200);

        String own = TestTokens.user("anon-gone");
        for (String path : List.of("status", "next-refresh", "refresh-history")) {
            get(own, "/api/user/credits/" + path).statusCode(404);
        }
        for (String path : List.of("", "/explain", "/refresh-history", "/refresh-settings", "/export")) {
            get(TestTokens.support(), "/api/admin/users/anon-gone" + path)
                    .statusCode(404)
                    .body("code", equalTo("user_not_found"));
        }
        get(TestTokens.support(), "/api/admin/audit-log?userId=anon-gone").statusCode(404);
        get(TestTokens.support(), "/api/admin/users?search=anon-gone").body("data", hasSize(0));
        Writing.as(own)
                .under("gone-1")
                .post("/api/credits/consume", "{'amount': 1}")
                .statusCode(404);
        Writing.as(own).post("/api/billing/sync-credits", "").statusCode(404);
        Writing.as(TestTokens.service())
                .post("/api/credits/check", "{'userId': 'anon-gone', 'amount': 1}")
                .statusCode(404);
        for (String path : List.of("refresh-credits", "anonymise")) {
            admin("/api/admin/users/anon-gone/" + path, "{}").statusCode(404);
        }
        admin("/api/admin/users/anon-gone/adjust-credits", "{'amount': 1}").statusCode(404);
        admin("/api/admin/users/anon-gone/change-plan", "{'plan': 'pro'}").statusCode(404);
        admin("/api/admin/credits/reset", "{'userId': 'anon-gone'}").statusCode(404);
    }

    @Test
    void changesNothingUnderTheNewIdAnyMore() {
        TestLedger.insert(user("anon-still").periodEnd(TOMORROW));
        String id = anonymise("anon-still", "{}").extract().path("anonymousId");

        given().header("Authorization", "Bearer " + TestTokens.admin())
                .contentType("application/json")
                .body("{\"hold\": false}")
                .put("/api/admin/users/" + id + "/refresh-settings")
                .then()
                .statusCode(409)
                .body("code", equalTo("anonymised"));
        admin("/api/admin/users/" + id + "/adjust-credits", "{'amount': 1}").statusCode(409);
        admin("/api/admin/users/" + id + "/anonymise", "{}").statusCode(409);
        Writing.as(TestTokens.service())
                .post("/api/provision", "{'userId': '" + id + "', 'plan': 'pro'}")
                .statusCode(409);
        Writing.as(TestTokens.service())
                .under("still-1")
                .post("/api/credits/consume", "{'userId': '" + id + "', 'amount': 1}")
                .statusCode(409);
    }

    @Test
    void leavesLaterEventsOfTheCustomerWaitingAndMakesNobodyOfThem() {
        Writing.as(TestTokens.service())
                .post(
                        "/api/provision",
                        "{'userId': 'anon-paying', 'plan': 'free', 'email': 'p@example.com',"
                                + " 'billingCustomerId': 'cus-anon'}")
                .statusCode(200);
        FakeSubscription subscription = FakeSubscription.of("sub-anon", "pro", ProviderStatus.ACTIVE, NOON);
        Snapshot bought = subscription.created();
        deliver(StripeJson.NEW.event(bought, "cus-anon")).statusCode(200);
        deliver(StripeJson.NEW.other("evt-anon-ignored", "customer.updated", NOON, "cus-anon"))
                .statusCode(200);
        awaitState(bought.eventId(), "processed");
        awaitState("evt-anon-ignored", "ignored");

        String id = anonymise("anon-paying", "{}").extract().path("anonymousId");

        assertThat(TestLedger.query("SELECT string_agg(payload, '') FROM webhook_event WHERE event_id IN ('"
                        + bought.eventId() + "', 'evt-anon-ignored')"))
                .isEmpty();
        Snapshot later = subscription.changedTo(ProviderStatus.PAST_DUE, NOON.plusSeconds(9));
        deliver(StripeJson.NEW.event(later, "cus-anon")).statusCode(200);
        awaitState(later.eventId(), "waiting");
        deliver(StripeJson.NEW.event(bought, "cus-anon")).body("repeated", is(true));
        assertThat(TestLedger.query("SELECT count(*) FROM subscriber WHERE user_id = 'anon-paying'"))
                .isEqualTo("0");
        get(TestTokens.support(), "/api/admin/users/" + id).body("customers", hasSize(0));
    }

    @Test
    void makesWhoeverIsProvisionedUnderTheOldIdSomebodyNew() {
        Writing provisioning = Writing.as(TestTokens.service()).under("provision-anon-again");
        String body = "{'userId': 'anon-again', 'plan': 'free', 'email': 'again@example.com'}";
        provisioning.post("/api/provision", body).statusCode(200);
        Writing.as(TestTokens.user("anon-again"))
                .under("again-1")
                .post("/api/credits/consume", "{'amount': 900}")
                .statusCode(200);
        anonymise("anon-again", "{}").statusCode(200);

        provisioning.post("/api/provision", body).statusCode(200).body("balances[0].balance", is(1_000));

        get(TestTokens.user("anon-again"), "/api/user/credits/status").body("balances[0].balance", is(1_000));
        get(TestTokens.user("anon-again"), "/api/user/credits/refresh-history").body("data", hasSize(0));
    }

    @Test
    void isNowhereInTheDatabaseAnyMore() {
        Writing.as(TestTokens.service())
                .under("key-of-provisioning")
                .post(
                        "/api/provision",
                        "{'userId': 'anon-nowhere', 'plan': 'free', 'email': 'nowhere@example.com',"
                                + " 'billingCustomerId': 'cus-nowhere'}")
                .statusCode(200);
        Writing own = Writing.as(TestTokens.user("anon-nowhere"));
        own.under("nowhere-spend").post("/api/credits/consume", "{'amount': 9}").statusCode(200);
        own.under("nowhere-sync").post("/api/billing/sync-credits", "").statusCode(200);
        admin("/api/admin/users/anon-nowhere/adjust-credits", "{'amount': 5}").statusCode(200);

        anonymise("anon-nowhere", "{}").statusCode(200);

        for (String table : TestLedger.query(
                        "SELECT string_agg(tablename, ',') FROM pg_tables WHERE schemaname =" + " 'public'")
                .split(",")) {
            assertThat(TestLedger.query("SELECT count(*) FROM " + table
                            + " t WHERE t::text ~ 'anon-nowhere|nowhere@example|cus-nowhere'"))
                    .as(table)
                    .isEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{'why': 'x'}", "{'dryRun': 'no'}", "{'reason': 'two\\nlines'}"})
    void refusesABadBody(String body) {
        anonymise("anon-bad", body).statusCode(400).body("code", equalTo("invalid_request"));
    }

    private static void awaitState(String eventId, String state) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> TestLedger.query("SELECT state FROM webhook_event WHERE event_id = '" + eventId + "'")
                        .equals(state));
    }

    private static ValidatableResponse anonymise(String userId, String body) {
        return admin("/api/admin/users/" + userId + "/anonymise", body);
    }

    private static ValidatableResponse admin(String path, String body) {
        return Writing.as(TestTokens.admin()).post(path, body);
    }

    private static ValidatableResponse get(String token, String path) {
        return given().header("Authorization", "Bearer " + token).get(path).then();
    }
}
