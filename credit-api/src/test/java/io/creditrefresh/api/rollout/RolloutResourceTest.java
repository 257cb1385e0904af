package io.creditrefresh.api.rollout;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.api.Writing;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class RolloutResourceTest {

    private static final Instant TOMORROW = Instant.parse("2026-11-21T10:00:00Z");

    /** Tests of plans have left some in this database that give the single pool alone. */
    @BeforeEach
    void haveEveryPlanGiveEachKind() {
        TestLedger.execute("INSERT INTO plan_allowance (plan_code, kind, valid_from, amount)"
                + " SELECT code, kind, '-infinity', 10 FROM plan CROSS JOIN (VALUES ('analysis'), ('roast')) AS k (kind)"
                + " ON CONFLICT DO NOTHING");
    }

    /** The other tests of this database know of no rollout. */
    @AfterEach
    void undo() {
        TestLedger.execute(
                "UPDATE rollout SET revision = revision + 1, global = NULL, percentage = 0, opened_at = NULL,"
                        + " closed_at = NULL, new_users_since = NULL, analysis_price = 1, roast_price = 1");
    }

    @Test
    void showsTheAccountsAsTheyAreOpenedAfterTheDueRefreshOfThePool() {
        TestLedger.execute("UPDATE plan_allowance SET rollover_cap = NULL WHERE plan_code = 'free'");
        try {
            TestLedger.insert(user("v2-due").holding(100, 7).periodEnd(Instant.parse("2026-11-20T08:00:00Z")));
            put("{'percentage': 100}").statusCode(200);

            status("v2-due")
                    .body("balances.kind", contains("analysis", "roast"))
                    .body("balances.bonus", contains(0, 0))
                    .body("otherBonuses.bonus", contains(107));
        } finally {
            TestLedger.execute("UPDATE plan_allowance SET rollover_cap = 0 WHERE plan_code = 'free'");
        }
    }

    @Test
    void letsNobodyInWhileAPlanLacksAKind() {
        TestLedger.execute("INSERT INTO plan (code) VALUES ('v1-only')");
        TestLedger.execute("INSERT INTO plan_allowance (plan_code, kind, valid_from, amount)"
                + " VALUES ('v1-only', 'credits', '-infinity', 10)");

        put("{'percentage': 1, 'dryRun': true}").statusCode(409).body("code", equalTo("plans_lack_kinds"));
        put("{'percentage': 1}").statusCode(409).body("code", equalTo("plans_lack_kinds"));
        rollout().body("state", equalTo("not_started"));
    }

    @Test
    void movesUsersToCreditsV2AndBack() {
        TestLedger.insert(user("v2-all").holding(100, 7).periodEnd(TOMORROW));
        status("v2-all").body("fallback", is(true)).body("balances.kind", contains("credits"));

        put("{'percentage': 100, 'reason': 'all of them'}")
                .statusCode(200)
                .body("state", equalTo("open"))
                .body("openedAt", equalTo("2026-11-20T12:00:00Z"))
                .body("switchedOff", is(false));

        status("v2-all")
                .body("fallback", is(false))
                .body("balances.kind", contains("analysis", "roast"))
                .body("balances.balance", contains(100, 10))
                .body("otherBonuses[0].kind", equalTo("credits"))
                .body("otherBonuses[0].bonus", is(7));
        given().get("/api/credits/config").then().body("creditsV2", is(true));
        assertThat(TestLedger.query("SELECT count(*) FROM credit_account a JOIN subscriber s ON s.id = a.subscriber_id"
                        + " WHERE s.user_id = 'v2-all'"))
                .isEqualTo("1");
        consume("v2-all", "k1", "{'kind': 'analysis', 'amount': 30}")
                .statusCode(200)
                .body("charges", hasSize(1))
                .body("charges[0].kind", equalTo("analysis"))
                .body("charges[0].balance", is(70));
        consume("v2-all", "k2", "{'amount': 30}").statusCode(409).body("code", equalTo("credits_v2_on"));

        put("{'percentage': 0}").statusCode(200).body("state", equalTo("open"));

        status("v2-all").body("fallback", is(true)).body("balances[0].balance", is(77));
        consume("v2-all", "k1", "{'kind': 'analysis', 'amount': 30}")
                .statusCode(200)
                .body("charges[0].balance", is(70));
    }

    @Test
    void tellsWhatAFirstSpendWouldFindWithoutOpeningAnything() {
        TestLedger.insert(user("v2-check").holding(100, 3).periodEnd(TOMORROW));
        put("{'global': true}").statusCode(200).body("global", is(true));

        Writing.as(TestTokens.service())
                .post("/api/credits/check", "{'userId': 'v2-check', 'kind': 'roast', 'amount': 14}")
                .statusCode(200)
                .body("allowed", is(false))
                .body("items[0].balance", is(13))
                .body("items[0].missing", is(1));
        assertThat(TestLedger.query("SELECT count(*) FROM credit_account a JOIN subscriber s ON s.id = a.subscriber_id"
                        + " WHERE s.user_id = 'v2-check'"))
                .isEqualTo("1");
    }

    @Test
    void keepsASingleUserOutWhateverElseIsSet() {
        TestLedger.insert(user("v2-out").holding(100, 0).periodEnd(TOMORROW));
        put("{'global': true}");

        settings("v2-out", "{'creditsV2': false}").statusCode(200);
        status("v2-out").body("fallback", is(true));

        settings("v2-out", "{'creditsV2': null}").statusCode(200);
        status("v2-out").body("fallback", is(false));
        settings("v2-out", "{'creditsV2': 'yes'}").statusCode(400);
    }

    @Test
    void changesNothingInADryRunAndOnceUnderAKey() {
        put("{'percentage': 40, 'dryRun': true}").statusCode(200).body("percentage", is(40));
        rollout()
                .body("percentage", is(0))
                .body("state", equalTo("not_started"))
                .body("openedAt", nullValue());

        String first = keyed("{'percentage': 40}").statusCode(200).extract().asString();
        put("{'percentage': 50}");
        assertThat(keyed("{'percentage': 40}").statusCode(200).extract().asString())
                .isEqualTo(first);
        rollout().body("percentage", is(50));
        keyed("{'percentage': 41}").statusCode(422);
    }

    @Test
    void setsPricesBeforeItBeginsAndNotLater() {
        put("{'prices': {'analysis': 10, 'roast': 100}}").statusCode(200).body("prices.roast", is(100));
        put("{'newUsers': true}").statusCode(200).body("newUsersSince", notNullValue());

        put("{'prices': {'analysis': 11}}").statusCode(409).body("code", equalTo("rollout_has_begun"));
        put("{'prices': {'analysis': 10}, 'percentage': 5}").statusCode(200);
    }

    @Test
    void isClosedOnceEverybodyIsIn() {
        put("{'percentage': 100, 'closed': true}").statusCode(409).body("code", equalTo("rollout_is_not_global"));
        put("{'global': true, 'closed': true}").statusCode(200).body("state", equalTo("closed"));

        put("{'percentage': 5}").statusCode(409).body("code", equalTo("rollout_is_closed"));
        assertThat(TestLedger.query("SELECT concat_ws(' ', actor, action, after ->> 'closedAt') FROM audit_entry"
                        + " WHERE action = 'change-rollout' ORDER BY id DESC LIMIT 1"))
                .isEqualTo("admin:somebody change-rollout 2026-11-20T12:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'percentage': 101}",
                "{'percentage': -1}",
                "{'prices': {'credits': 2}}",
                "{'prices': {'roast': 0}}",
                "{'prices': {'roast': null}}",
                "{'closed': false}",
                "{'percent': 5}",
                ""
            })
    void refusesWhatIsNoRollout(String body) {
        put(body).statusCode(400);
    }

    private static ValidatableResponse put(String body) {
        return given().header("Authorization", "Bearer " + TestTokens.admin())
                .contentType("application/json")
                .body(body.replace('\'', '"'))
                .put("/api/admin/rollout")
                .then();
    }

    private static ValidatableResponse keyed(String body) {
        return given().header("Authorization", "Bearer " + TestTokens.admin())
                .header("Idempotency-Key", "rollout-1")
                .contentType("application/json")
                .body(body.replace('\'', '"'))
                .put("/api/admin/rollout")
                .then();
    }

    private static ValidatableResponse rollout() {
        return given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/rollout")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse settings(String userId, String body) {
        return given().header("Authorization", "Bearer " + TestTokens.admin())
                .contentType("application/json")
                .body(body.replace('\'', '"'))
                .put("/api/admin/users/" + userId + "/refresh-settings")
                .then();
    }

    private static ValidatableResponse status(String userId) {
        return given().header("Authorization", "Bearer " + TestTokens.user(userId))
                .get("/api/user/credits/status")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse consume(String userId, String key, String body) {
        return Writing.as(TestTokens.user(userId)).under(key).post("/api/credits/consume", body);
    }
}
