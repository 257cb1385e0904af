package io.creditrefresh.api.billing;

import static io.creditrefresh.api.billing.Deliveries.SECRET;
import static io.creditrefresh.api.billing.Deliveries.deliver;
import static io.creditrefresh.api.billing.Deliveries.deliverPlain;
import static io.creditrefresh.api.billing.Deliveries.header;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import io.creditrefresh.api.RawRequest;
import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.api.Writing;
import io.creditrefresh.billing.stripe.FakeStripe;
import io.creditrefresh.billing.stripe.StripeJson;
import io.creditrefresh.edge.token.TestTokens;
import io.creditrefresh.ledger.provider.FakeSubscription;
import io.creditrefresh.ledger.provider.ProviderStatus;
import io.creditrefresh.ledger.provider.Snapshot;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
@QuarkusTestResource(BillingProviders.class)
class WebhookTest {

    /** The service's clock stands still at this time. */
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @TestHTTPResource
    URL server;

    FakeStripe stripe;
    Path secretsFile;

    @AfterEach
    void forgetSecrets() throws IOException {
        Files.writeString(secretsFile, "");
        stripe.honest();
    }

    @ParameterizedTest
    @EnumSource
    void grantsThePlanThatWasBought(StripeJson shape) {
        String user = "buyer-" + shape;
        provision(user, "cus-" + user);
        Snapshot bought = FakeSubscription.of("sub-" + user, "pro", ProviderStatus.ACTIVE, NOW)
                .created();

        deliver(shape.event(bought, "cus-" + user))
                .statusCode(200)
                .body("received", is(true))
                .body("repeated", is(false));

        awaitState(bought.eventId(), "processed");
        assertThat(entries(user)).isEqualTo("PROVISION 1000, UPGRADE 20000");
        assertThat(TestLedger.query("SELECT row(plan_code, s.billing_state, allowance, bonus) FROM subscriber s JOIN"
                        + " credit_account a ON a.subscriber_id = s.id WHERE user_id = '" + user + "'"))
                .isEqualTo("(pro,active,20000,1000)");
    }

    @Test
    void takesAThousandDeliveriesOfOneEventAtOnceForOne() {
        provision("thousand", "cus-thousand");
        Snapshot bought = FakeSubscription.of("sub-thousand", "pro", ProviderStatus.ACTIVE, NOW)
                .created();
        String body = StripeJson.NEW.event(bought, "cus-thousand");

        List<Boolean> repeated = IntStream.range(0, 1_000)
                .parallel()
                .mapToObj(i -> deliver(body).statusCode(200).extract().<Boolean>path("repeated"))
                .toList();

        assertThat(repeated.stream().filter(each -> !each)).hasSize(1);
        awaitState(bought.eventId(), "processed");
        assertThat(entries("thousand")).isEqualTo("PROVISION 1000, UPGRADE 20000");
    }

    @Test
    void refusesWhatIsNotSignedRightlyAndKeepsNothingOfIt() {
        String body = StripeJson.NEW.other("evt-forged", "customer.updated", NOW, "cus-1");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Instant now = Deliveries.now();

        deliver(bytes, header(body, "whsec_other", now)).statusCode(401).body("code", equalTo("invalid_signature"));
        deliver(bytes, header(body, SECRET, now.minusSeconds(302))).statusCode(401);
        deliver(bytes, header(body, SECRET, now.plusSeconds(302))).statusCode(401);
        deliver(body.replace("cus-1", "cus-2").getBytes(StandardCharsets.UTF_8), header(body, SECRET, now))
                .statusCode(401);
        deliver(body.replace(":", ": ").getBytes(StandardCharsets.UTF_8), header(body, SECRET, now))
                .statusCode(401);
        deliver(body.getBytes(StandardCharsets.UTF_16), header(body, SECRET, now))
                .statusCode(401);
        given().body(bytes).post("/api/webhooks/billing").then().statusCode(400);
        given().header("Webhook-Signature", header(body, SECRET, now))
                .body(bytes)
                .post("/api/webhooks/billing")
                .then()
                .statusCode(400);

        assertThat(rows("evt-forged")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "junk",
                "t=,v1=",
                "t=1,v1=zz",
                "t=99999999999999999999,v1=00",
                "v1=abc",
                "t=1",
                ",,,===",
                "t=-1,v1=\u00e4"
            })
    void refusesAHeaderThatIsNoneWithoutATrace(String header) {
        deliver("{}".getBytes(StandardCharsets.UTF_8), header)
                .statusCode(400)
                .body("code", equalTo("invalid_signature_header"))
                .body("detail", equalTo("sign in a header Stripe-Signature"));
    }

    @Test
    void refusesABodyOfTenMegabytesAndOneThatIsNoEvent() {
        String large = "x".repeat(10 * 1024 * 1024);
        RawRequest.Answer answer = RawRequest.send(
                server,
                "POST /api/webhooks/billing HTTP/1.1\r\nHost: api.test\r\nStripe-Signature: %s\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(header(large, SECRET, Deliveries.now()), large.length(), large));

        assertThat(answer.status()).isEqualTo(413);
        for (String body :
                List.of("", "{}", "[]", "null", "{\"id\": \"\", \"type\": \"x\", \"created\": 1}", "{\"id\"")) {
            deliver(body).statusCode(400).body("code", equalTo("invalid_request"));
        }
    }

    @Test
    void knowsNoOtherProvider() {
        given().header("Webhook-Signature", header("{}", SECRET, Deliveries.now()))
                .body("{}".getBytes(StandardCharsets.UTF_8))
                .post("/api/webhooks/billing/paddle")
                .then()
                .statusCode(404);
    }

    @Test
    void takesANewSecretWithoutARestart() throws IOException {
        String body = StripeJson.NEW.other("evt-rotated", "customer.updated", NOW, "cus-1");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        deliver(bytes, header(body, "whsec_next", Deliveries.now())).statusCode(401);

        Files.writeString(secretsFile, "whsec_next\n");

        await().atMost(Duration.ofSeconds(20))
                .until(() -> deliver(bytes, header(body, "whsec_next", Deliveries.now()))
                                .extract()
                                .statusCode()
                        == 200);
        deliver(body).statusCode(200);
    }

    @Test
    void answersATypeThatNobodyAskedForAndSaysSo() {
        deliver(StripeJson.NEW.other("evt-ignored", "customer.updated", NOW, "cus-1"))
                .statusCode(200);
        deliver(StripeJson.NEW.other("evt-refunded", "charge.refunded", NOW, "cus-1"))
                .statusCode(200);

        awaitState("evt-ignored", "ignored");
        awaitState("evt-refunded", "processed");
    }

    @Test
    void keepsAnEventUntilItsUserIsProvisioned() {
        Snapshot bought = FakeSubscription.of("sub-early", "starter", ProviderStatus.ACTIVE, NOW)
                .created();
        deliver(StripeJson.NEW.event(bought, "cus-early")).statusCode(200);
        awaitState(bought.eventId(), "waiting");

        Writing.as(TestTokens.service())
                .post("/api/provision", "{'userId': 'early', 'plan': 'free', 'billingCustomerId': 'cus-early'}")
                .statusCode(200)
                .body("plan", equalTo("starter"))
                .body("balances[0].balance", is(6_000));

        assertThat(state(bought.eventId())).isEqualTo("processed");
        assertThat(entries("early")).isEqualTo("PROVISION 1000, UPGRADE 5000");
    }

    @Test
    void learnsFromACheckoutWhoACustomerIs() {
        provision("checkout", null);
        Snapshot bought = FakeSubscription.of("sub-checkout", "starter", ProviderStatus.ACTIVE, NOW)
                .created();
        deliver(StripeJson.NEW.event(bought, "cus-checkout")).statusCode(200);
        awaitState(bought.eventId(), "waiting");

        deliver(StripeJson.NEW.checkout(
                        "evt-checkout",
                        NOW,
                        Map.of("mode", "subscription", "customer", "cus-checkout", "client_reference_id", "checkout")))
                .statusCode(200);

        awaitState(bought.eventId(), "processed");
        assertThat(entries("checkout")).isEqualTo("PROVISION 1000, UPGRADE 5000");
    }

    @Test
    void addsABoughtPackToTheBonusOnce() {
        provision("packer", null);
        Map<String, Object> session = Map.of(
                "mode",
                "payment",
                "client_reference_id",
                "packer",
                "id",
                "cs-packer",
                "metadata",
                Map.of("credit_pack", "price_pack", "credit_pack_quantity", "2"));

        deliver(StripeJson.NEW.checkout("evt-pack-1", NOW, session)).statusCode(200);
        deliver(StripeJson.NEW
                        .checkout("evt-pack-2", NOW, session)
                        .replace("checkout.session.completed", "checkout.session.async_payment_succeeded"))
                .statusCode(200);

        awaitState("evt-pack-1", "processed");
        awaitState("evt-pack-2", "processed");
        assertThat(entries("packer")).isEqualTo("PROVISION 1000, PURCHASE 2000");
    }

    @Test
    void givesUpWhatNobodyCanApplyAndAppliesItOnceThatIsMended() {
        Snapshot bought = FakeSubscription.of("sub-broken", "pro", ProviderStatus.ACTIVE, NOW)
                .created();
        provision("broken", "cus-broken");
        deliver(StripeJson.NEW.event(bought, "cus-broken").replace("\"active\"", "\"brand_new\""))
                .statusCode(200);
        awaitState(bought.eventId(), "exhausted");
        TestLedger.execute(
                "UPDATE webhook_event SET payload = replace(payload, 'brand_new', 'active') WHERE event_id = '"
                        + bought.eventId() + "'");

        String id = TestLedger.query("SELECT id FROM webhook_event WHERE event_id = '" + bought.eventId() + "'");
        assertThat(given().header("Authorization", "Bearer " + TestTokens.support())
                        .get("/api/admin/webhooks?state=exhausted&limit=200")
                        .then()
                        .statusCode(200)
                        .extract()
                        .<String>path("data.find { it.id == " + id + " }.note"))
                .isEqualTo("data.object.status is not a status that is known");
        Writing.as(TestTokens.admin())
                .post("/api/admin/webhooks/" + id + "/replay", "{'reason': 'mended'}")
                .statusCode(200)
                .body("replayed", is(1));

        awaitState(bought.eventId(), "processed");
        assertThat(entries("broken")).isEqualTo("PROVISION 1000, UPGRADE 20000");
        assertThat(TestLedger.query("SELECT row(action, reason, after ->> 'event' = '" + id
                        + "') FROM audit_entry WHERE action = 'replay-webhooks' AND reason = 'mended'"))
                .isEqualTo("(replay-webhooks,mended,t)");
    }

    @Test
    void triesAPriceAgainThatIsNotMappedYet() {
        provision("unmapped", "cus-unmapped");
        Snapshot bought = FakeSubscription.of("sub-unmapped", "gold", ProviderStatus.ACTIVE, NOW)
                .created();

        deliver(StripeJson.NEW.event(bought, "cus-unmapped")).statusCode(200);

        await().atMost(Duration.ofSeconds(20)).until(() -> TestLedger.query(
                        "SELECT row(state, error) FROM webhook_event WHERE event_id = '" + bought.eventId() + "'")
                .equals("(pending,\"none of [price_gold, prod_gold] is in credits.billing.stripe.plans\")"));
        assertThat(entries("unmapped")).isEqualTo("PROVISION 1000");
    }

    @Test
    void doesNothingTwiceWhenAllIsReplayed() {
        provision("replayed", "cus-replayed");
        Snapshot bought = FakeSubscription.of("sub-replayed", "pro", ProviderStatus.ACTIVE, NOW)
                .created();
        deliver(StripeJson.NEW.event(bought, "cus-replayed")).statusCode(200);
        awaitState(bought.eventId(), "processed");

        Writing.as(TestTokens.admin())
                .post(
                        "/api/admin/webhooks/replay",
                        "{'since': '2026-01-01T00:00:00Z', 'states': ['processed', 'ignored']}")
                .statusCode(200);

        awaitState(bought.eventId(), "processed");
        assertThat(entries("replayed")).isEqualTo("PROVISION 1000, UPGRADE 20000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'since': 'yesterday'}",
                "{'since': '+1000000000-01-01T00:00:00Z'}",
                "{'since': '2026-01-01T00:00:00Z', 'states': ['lost']}",
                "{'since': '2026-01-01T00:00:00Z', 'states': [null]}"
            })
    void refusesAReplayOfNothingInParticular(String body) {
        Writing.as(TestTokens.admin()).post("/api/admin/webhooks/replay", body).statusCode(400);
    }

    @Test
    void pagesThroughTheInbox() {
        IntStream.range(0, 5)
                .forEach(i -> deliver(StripeJson.NEW.other("evt-page-" + i, "customer.updated", NOW, "cus-1"))
                        .statusCode(200));

        var first = inbox("?limit=2");
        var second = inbox("?limit=2&cursor=" + first.<String>path("nextCursor"));

        assertThat(first.<List<Integer>>path("data.id")).hasSize(2);
        assertThat(second.<List<Integer>>path("data.id"))
                .hasSize(2)
                .allMatch(id -> id < first.<List<Integer>>path("data.id").get(1));
        given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/webhooks?state=lost")
                .then()
                .statusCode(400);
    }

    @Test
    void takesThePlainShapeFromAProductThatBillsElsewhere() {
        provision("plain", null);

        deliverPlain("""
                        {"id": "acme-1", "type": "subscription.created", "occurredAt": "2026-11-20T12:00:00Z",
                         "customerId": "c-1", "userId": "plain",
                         "subscription": {"id": "s-1", "plan": "starter", "status": "active",
                           "createdAt": "2026-11-20T12:00:00Z", "periodStart": "2026-11-20T12:00:00Z",
                           "periodEnd": "2026-12-20T12:00:00Z"}}
                        """).statusCode(200);

        awaitState("acme-1", "processed");
        assertThat(entries("plain")).isEqualTo("PROVISION 1000, UPGRADE 5000");
        assertThat(TestLedger.query("SELECT customer_id FROM billing_customer WHERE provider = 'acme'"))
                .isEqualTo("c-1");
    }

    private static ExtractableResponse<?> inbox(String query) {
        return given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/webhooks" + query)
                .then()
                .statusCode(200)
                .extract();
    }

    private static void provision(String userId, @Nullable String customerId) {
        String customer = customerId == null ? "" : ", 'billingCustomerId': '" + customerId + "'";
        Writing.as(TestTokens.service())
                .post("/api/provision", "{'userId': '" + userId + "', 'plan': 'free'" + customer + "}")
                .statusCode(200);
    }

    private static void awaitState(String eventId, String state) {
        await().atMost(Duration.ofSeconds(30)).until(() -> state(eventId).equals(state));
    }

    private static String state(String eventId) {
        return TestLedger.query("SELECT state FROM webhook_event WHERE event_id = '" + eventId + "'");
    }

    private static String rows(String eventId) {
        return TestLedger.query("SELECT count(*) FROM webhook_event WHERE event_id = '" + eventId + "'");
    }

    private static String entries(String userId) {
        return TestLedger.query(
                "SELECT string_agg(type || ' ' || granted, ', ' ORDER BY a.kind, e.seq) FROM (SELECT account_id, seq,"
                        + " type, coalesce(granted, amount) AS granted FROM ledger_entry) e JOIN credit_account a ON"
                        + " a.id = e.account_id JOIN subscriber s ON s.id = a.subscriber_id WHERE s.user_id = '"
                        + userId + "'");
    }
}
