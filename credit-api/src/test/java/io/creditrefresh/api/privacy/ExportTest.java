package io.creditrefresh.api.privacy;

import static io.creditrefresh.api.billing.Deliveries.deliver;
import static io.creditrefresh.ledger.store.AccountFixture.user;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.api.Writing;
import io.creditrefresh.api.billing.BillingProviders;
import io.creditrefresh.api.billing.Deliveries;
import io.creditrefresh.billing.stripe.FakeStripe;
import io.creditrefresh.billing.stripe.StripeJson;
import io.creditrefresh.edge.token.TestTokens;
import io.creditrefresh.ledger.provider.FakeSubscription;
import io.creditrefresh.ledger.provider.ProviderStatus;
import io.creditrefresh.ledger.provider.Snapshot;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
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
class ExportTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant YESTERDAY = Instant.parse("2026-11-19T10:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void handsOutAllThatIsKeptAndNoSecret() throws JsonProcessingException {
        Writing.as(TestTokens.service())
                .post(
                        "/api/provision",
                        "{'userId': 'export-all', 'plan': 'free', 'email': 'all@example.com',"
                                + " 'billingCustomerId': 'cus-export'}")
                .statusCode(200);
        Writing.as(TestTokens.user("export-all"))
                .under("export-spend")
                .post("/api/credits/consume", "{'amount': 9, 'action': 'drawing'}")
                .statusCode(200);
        Writing.as(TestTokens.admin())
                .post("/api/admin/users/export-all/adjust-credits", "{'amount': 5, 'reason': 'sorry'}")
                .statusCode(200);
        Snapshot bought = FakeSubscription.of("sub-export", "pro", ProviderStatus.ACTIVE, NOON)
                .created();
        deliver(StripeJson.NEW.event(bought, "cus-export")).statusCode(200);
        await().atMost(Duration.ofSeconds(20)).until(() -> TestLedger.query(
                        "SELECT state FROM webhook_event WHERE event_id = '" + bought.eventId() + "'")
                .equals("processed"));
        TestLedger.execute("INSERT INTO webhook_event (provider, event_id, type, occurred_at, received_at, state,"
                + " payload) VALUES ('stripe', 'evt-export-given-up', 't', now(), now(), 'exhausted',"
                + " '{\"data\": {\"object\": {\"customer\": \"cus-export\"}}}')");
        TestLedger.execute("INSERT INTO refresh_failure SELECT a.id, a.period_end, now(), now(), now(), 1, 'retrying',"
                + " 'data', 'something is wrong' FROM credit_account a JOIN subscriber s ON s.id = a.subscriber_id"
                + " WHERE user_id = 'export-all'");

        String text = export("export-all");

        JsonNode export = JSON.readTree(text);
        assertThat(export.get("userId").asText()).isEqualTo("export-all");
        assertThat(export.get("email").asText()).isEqualTo("all@example.com");
        assertThat(export.get("exportedAt").asText()).isEqualTo("2026-11-20T12:00:00Z");
        assertThat(export.get("plan").asText()).isEqualTo("pro");
        assertThat(export.at("/accounts/0/kind").asText()).isEqualTo("credits");
        assertThat(export.at("/accounts/0/periodStart").asText()).isEqualTo("2026-11-20T12:00:00Z");
        assertThat(texts(export.get("entries"), "type")).containsExactly("PROVISION", "CONSUME", "ADJUST", "UPGRADE");
        assertThat(texts(export.get("entries"), "by")).containsExactly("service", "user", "admin", "billing:stripe");
        assertThat(export.at("/entries/1/details/action").asText()).isEqualTo("drawing");
        assertThat(texts(export.get("failures"), "error")).containsExactly("something is wrong");
        assertThat(texts(export.get("customers"), "customerId")).containsExactly("cus-export");
        assertThat(texts(export.get("subscriptions"), "subscriptionId")).containsExactly("sub-export");
        assertThat(texts(export.get("events"), "eventId")).containsExactly(bought.eventId(), "evt-export-given-up");
        assertThat(export.at("/events/0/payload").asText()).contains("cus-export");
        assertThat(texts(export.get("audit"), "action")).containsExactly("adjust-credits", "export");
        assertThat(export.get("complete").asBoolean()).isTrue();
        assertThat(text).doesNotContain(Deliveries.SECRET, FakeStripe.KEY, "hash", "admin:");
    }

    @Test
    void handsOutEveryPastRefreshOnceHoweverManyThereAre() throws JsonProcessingException {
        long id = TestLedger.insert(user("export-many").holding(0, 0));
        TestLedger.execute("INSERT INTO ledger_entry (account_id, seq, created_at, period_start, amount,"
                + " balance_before, balance_after, type, actor) SELECT " + id
                + ", n, now(), now(), 0, 0, 0, 'SETTINGS',"
                + " 'test' FROM generate_series(2, 3001) n");
        TestLedger.execute("UPDATE credit_account SET version = 2999 WHERE id = " + id);

        JsonNode entries = JSON.readTree(export("export-many")).get("entries");

        assertThat(entries).hasSize(2_999);
        assertThat(entries.findValues("seq").stream().map(JsonNode::asLong).distinct())
                .hasSize(2_999);
    }

    @Test
    void isAFileThatNobodyKeeps() {
        TestLedger.insert(user("export-file").periodEnd(YESTERDAY));

        given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/users/export-file/export")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .header("Content-Disposition", startsWith("attachment; filename="))
                .header("Cache-Control", equalTo("no-store"));
        assertThat(TestLedger.query("SELECT row(e.action, e.role) FROM audit_entry e JOIN subscriber s ON s.id ="
                        + " e.subscriber_id WHERE user_id = 'export-file'"))
                .isEqualTo("(export,support)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"export-o'brien \"x\" \\ 🦊", "cus-export|.*"})
    void takesNoIdForAPattern(String userId) throws JsonProcessingException {
        TestLedger.insert(user(userId));

        JsonNode export = JSON.readTree(given().header("Authorization", "Bearer " + TestTokens.admin())
                .get("/api/admin/users/{userId}/export", userId)
                .then()
                .statusCode(200)
                .extract()
                .asString());

        assertThat(export.get("userId").asText()).isEqualTo(userId);
        assertThat(export.get("events")).isEmpty();
    }

    @Test
    void showsWhatIsLeftOfWhoeverIsAnonymised() throws JsonProcessingException {
        TestLedger.insert(user("export-anon").holding(3, 7));
        String id = Writing.as(TestTokens.admin())
                .post("/api/admin/users/export-anon/anonymise", "{}")
                .extract()
                .path("anonymousId");

        String text = export(id);

        assertThat(text).doesNotContain("export-anon");
        assertThat(JSON.readTree(text).get("entries").isEmpty()).isFalse();
    }

    private static String export(String userId) {
        return given().header("Authorization", "Bearer " + TestTokens.admin())
                .get("/api/admin/users/" + userId + "/export")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static List<String> texts(JsonNode list, String field) {
        return list.findValuesAsText(field);
    }
}
