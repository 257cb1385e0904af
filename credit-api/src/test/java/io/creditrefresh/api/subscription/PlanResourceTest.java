package io.creditrefresh.api.subscription;

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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class PlanResourceTest {

    private static final Instant TOMORROW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant YESTERDAY = Instant.parse("2026-11-19T10:00:00Z");

    @Test
    void provisionsANewUserWithThePlansAllowanceAtOnce() {
        provision("{'userId': 'plan-new', 'plan': 'pro', 'email': 'new@example.com'}")
                .statusCode(200)
                .body("plan", equalTo("pro"))
                .body("balances[0].balance", is(20_000))
                .body("balances[0].limit", is(20_000))
                .body("balances[0].period.start", equalTo("2026-11-20T12:00:00Z"))
                .body("balances[0].period.end", equalTo("2026-12-20T12:00:00Z"));

        assertThat(TestLedger.query("SELECT row(s.email, a.version, a.refresh_at >= a.period_end, e.type, e.amount,"
                        + " e.granted, e.actor) FROM subscriber s JOIN credit_account a ON a.subscriber_id = s.id JOIN"
                        + " ledger_entry e ON e.account_id = a.id WHERE s.user_id = 'plan-new'"))
                .isEqualTo("(new@example.com,1,t,PROVISION,20000,20000,service:somebody)");
    }

    @Test
    void changesNothingWhenProvisionedAgainOnTheSamePlan() {
        String first =
                provision("{'userId': 'plan-again', 'plan': 'pro'}").extract().asString();

        assertThat(provision("{'userId': 'plan-again', 'plan': 'pro'}")
                        .extract()
                        .asString())
                .isEqualTo(first);
        assertThat(entriesOf("plan-again")).isEqualTo("PROVISION 20000");
    }

    @Test
    void takesProvisioningOnAnotherPlanForAChangeOfPlan() {
        provision("{'userId': 'plan-up', 'plan': 'free'}").statusCode(200);

        provision("{'userId': 'plan-up', 'plan': 'starter'}")
                .statusCode(200)
                .body("plan", equalTo("starter"))
                .body("balances[0].allowance", is(5_000))
                .body("balances[0].bonus", is(1_000));
        assertThat(entriesOf("plan-up")).isEqualTo("PROVISION 1000, UPGRADE 5000");
    }

    @Test
    void provisionsOnceHoweverManyAskAtOnce() {
        List<Integer> answers = IntStream.range(0, 32)
                .parallel()
                .mapToObj(i -> provision("{'userId': 'plan-race', 'plan': 'scale'}")
                        .extract()
                        .statusCode())
                .toList();

        assertThat(answers).containsOnly(200);
        assertThat(entriesOf("plan-race")).isEqualTo("PROVISION 120000");
    }

    @Test
    void answersARepeatedKeyWithTheFirstAnswerWhateverHasHappenedSince() {
        Writing once = Writing.as(TestTokens.service()).under("provision-key");
        String body = "{'userId': 'plan-key', 'plan': 'free'}";
        String first =
                once.post("/api/provision", body).statusCode(200).extract().asString();
        provision("{'userId': 'plan-key', 'plan': 'starter'}").statusCode(200);

        assertThat(once.post("/api/provision", body).statusCode(200).extract().asString())
                .isEqualTo(first);
        assertThat(entriesOf("plan-key")).isEqualTo("PROVISION 1000, UPGRADE 5000");
        once.post("/api/provision", "{'userId': 'plan-key-2', 'plan': 'free'}")
                .statusCode(422)
                .body("code", equalTo("idempotency_key_reused"));
    }

    @Test
    void givesAKeyToOneOfManyWhoUseItForDifferentUsersAtOnce() {
        List<Integer> answers = IntStream.range(0, 16)
                .parallel()
                .mapToObj(i -> Writing.as(TestTokens.service())
                        .under("provision-shared")
                        .post("/api/provision", "{'userId': 'plan-shared-" + i + "', 'plan': 'free'}")
                        .extract()
                        .statusCode())
                .sorted()
                .toList();

        assertThat(answers.get(0)).isEqualTo(200);
        assertThat(answers.subList(1, 16)).containsOnly(422);
        assertThat(TestLedger.query("SELECT count(*) FROM subscriber WHERE user_id LIKE 'plan-shared-%'"))
                .isEqualTo("1");
    }

    @Test
    void keepsANewAddressAndLeavesAKnownOneWhenNoneIsGiven() {
        provision("{'userId': 'plan-mail', 'plan': 'free', 'email': 'a@example.com'}");
        provision("{'userId': 'plan-mail', 'plan': 'free', 'email': 'b@example.com'}");

        provision("{'userId': 'plan-mail', 'plan': 'free'}").statusCode(200);

        assertThat(TestLedger.query("SELECT email FROM subscriber WHERE user_id = 'plan-mail'"))
                .isEqualTo("b@example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "{'userId': 'x'}",
                "{'plan': 'free'}",
                "{'userId': '', 'plan': 'free'}",
                "{'userId': 'a\\u0007', 'plan': 'free'}",
                "{'userId': 'x', 'plan': ''}",
                "{'userId': 'x', 'plan': 'free', 'email': 'a\\nb'}",
                "{'userId': 'x', 'plan': 'free', 'tier': 1}",
            })
    void refusesABadProvisioning(String body) {
        provision(body).statusCode(400).body("code", equalTo("invalid_request"));
    }

    @Test
    void knowsNoOtherPlans() {
        provision("{'userId': 'plan-unknown', 'plan': 'gold'}").statusCode(422).body("code", equalTo("unknown_plan"));
        assertThat(TestLedger.query("SELECT count(*) FROM subscriber WHERE user_id = 'plan-unknown'"))
                .isEqualTo("0");
    }

    @Test
    void changesThePlanWithADueRefreshFirstAndNotesWhoDidIt() {
        TestLedger.insert(user("plan-due").holding(3, 7).periodEnd(YESTERDAY));

        changePlan("plan-due", "{'plan': 'pro', 'reason': 'paid by wire'}")
                .statusCode(200)
                .body("dryRun", is(false))
                .body("entries.type", equalTo(List.of("REFRESH", "UPGRADE")))
                .body("entries[1].balanceBefore", is(1_007))
                .body("entries[1].balanceAfter", is(21_007))
                .body("entries[1].carried", is(1_000))
                .body("status.plan", equalTo("pro"))
                .body("status.balances[0].bonus", is(1_007))
                .body("status.balances[0].period.start", equalTo("2026-11-20T12:00:00Z"));

        assertThat(TestLedger.query("SELECT row(actor, role, action, reason, before ->> 'plan', after ->> 'plan')"
                        + " FROM audit_entry WHERE subscriber_id = (SELECT id FROM subscriber WHERE user_id ="
                        + " 'plan-due')"))
                .isEqualTo("(admin:somebody,admin,change-plan,\"paid by wire\",free,pro)");
    }

    @Test
    void tellsInADryRunExactlyWhatItThenDoes() {
        TestLedger.insert(user("plan-dry").holding(3, 7).periodEnd(YESTERDAY));
        String before = TestLedger.query("SELECT string_agg(a::text, ',') FROM credit_account a");

        var told = changePlan("plan-dry", "{'plan': 'pro', 'dryRun': true}")
                .statusCode(200)
                .body("dryRun", is(true))
                .extract()
                .jsonPath();

        assertThat(TestLedger.query("SELECT string_agg(a::text, ',') FROM credit_account a"))
                .isEqualTo(before);
        var done = changePlan("plan-dry", "{'plan': 'pro'}").extract().jsonPath();
        assertThat(told.getList("entries")).hasSize(2).isEqualTo(done.getList("entries"));
        assertThat(told.getMap("status.balances[0]")).isEqualTo(done.getMap("status.balances[0]"));
    }

    @Test
    void grantsOnceForUpDownAndUpAgain() {
        provision("{'userId': 'plan-yoyo', 'plan': 'free'}");
        changePlan("plan-yoyo", "{'plan': 'pro'}").statusCode(200);
        changePlan("plan-yoyo", "{'plan': 'free'}")
                .body("entries[0].type", equalTo("DOWNGRADE"))
                .body("status.balances[0].balance", is(21_000));

        changePlan("plan-yoyo", "{'plan': 'pro'}")
                .statusCode(200)
                .body("entries[0].type", equalTo("SETTINGS"))
                .body("entries[0].amount", is(0))
                .body("status.balances[0].balance", is(21_000));
    }

    @Test
    void isForAdminsOnly() {
        for (String token : new String[] {TestTokens.support(), TestTokens.service(), TestTokens.user("plan-due")}) {
            Writing.as(token)
                    .post("/api/admin/users/plan-due/change-plan", "{'plan': 'pro'}")
                    .statusCode(403);
        }
        changePlan("plan-nobody", "{'plan': 'pro'}").statusCode(404);
        TestLedger.insert(user("plan-gold").periodEnd(TOMORROW));
        changePlan("plan-gold", "{'plan': 'gold'}").statusCode(422);
    }

    @Test
    void syncsWhatThePlanOwesAndNothingTwice() {
        TestLedger.insert(user("sync-owed").plan("starter").holding(100, 40).periodEnd(TOMORROW));

        sync("sync-owed", "")
                .statusCode(200)
                .body("granted", hasSize(1))
                .body("granted[0].kind", equalTo("credits"))
                .body("granted[0].amount", is(4_900))
                .body("granted[0].balance", is(5_040))
                .body("status.balances[0].allowance", is(5_000))
                .body("status.balances[0].bonus", is(40));
        sync("sync-owed", "{}").statusCode(200).body("granted", hasSize(0));
    }

    @Test
    void syncsTheTokensOwnUserOnly() {
        TestLedger.insert(user("sync-own").plan("starter").holding(100, 40).periodEnd(TOMORROW));

        sync("sync-spy", "{'userId': 'sync-own'}").statusCode(404);
        Writing.as(TestTokens.service())
                .post("/api/billing/sync-credits", "{'userId': 'sync-own'}")
                .statusCode(200)
                .body("granted[0].amount", is(4_900));
    }

    @Test
    void takesASyncOfAnyContentTypeAndRefusesAnyOtherBody() {
        TestLedger.insert(user("sync-any").plan("starter").holding(5_000, 0).periodEnd(TOMORROW));
        String token = "Bearer " + TestTokens.user("sync-any");

        given().header("Authorization", token)
                .post("/api/billing/sync-credits")
                .then()
                .statusCode(200);
        given().header("Authorization", token)
                .contentType("application/x-www-form-urlencoded")
                .body("{}")
                .post("/api/billing/sync-credits")
                .then()
                .statusCode(200);
        sync("sync-any", "[]").statusCode(400);
        sync("sync-any", "{'user': 1}").statusCode(400);
    }

    private static ValidatableResponse provision(String body) {
        return Writing.as(TestTokens.service()).post("/api/provision", body);
    }

    private static ValidatableResponse changePlan(String userId, String body) {
        return Writing.as(TestTokens.admin()).post("/api/admin/users/" + userId + "/change-plan", body);
    }

    private static ValidatableResponse sync(String userId, String body) {
        return Writing.as(TestTokens.user(userId)).post("/api/billing/sync-credits", body);
    }

    private static String entriesOf(String userId) {
        return TestLedger.query("SELECT string_agg(e.type || ' ' || e.amount, ', ' ORDER BY e.seq) FROM ledger_entry e"
                + " JOIN credit_account a ON a.id = e.account_id JOIN subscriber s ON s.id = a.subscriber_id"
                + " WHERE s.user_id = '" + userId + "'");
    }
}
