package io.creditrefresh.api.override;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class OverrideTest {

    private static final Instant TOMORROW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant YESTERDAY = Instant.parse("2026-11-19T10:00:00Z");

    @Test
    void refreshesByHandWhatIsDue() {
        TestLedger.insert(user("hand-due").holding(3, 7).periodEnd(YESTERDAY));

        post("/api/admin/users/hand-due/refresh-credits", "{'reason': 'asked for it'}")
                .statusCode(200)
                .body("entries.type", equalTo(List.of("REFRESH")))
                .body("status.balances[0].balance", is(1_007));
        assertThat(audited("hand-due")).isEqualTo("(refresh-credits,admin,\"asked for it\")");
    }

    @Test
    void fillsUpByHandWhatIsNotDueAndLeavesTheClock() {
        TestLedger.insert(user("hand-fill").holding(300, 7).periodEnd(TOMORROW));

        given().header("Authorization", "Bearer " + TestTokens.admin())
                .post("/api/admin/users/hand-fill/refresh-credits")
                .then()
                .statusCode(200)
                .body("entries.type", equalTo(List.of("MANUAL_REFRESH")))
                .body("entries[0].amount", is(700))
                .body("status.balances[0].period.end", equalTo("2026-11-21T10:00:00Z"));
        post("/api/admin/users/hand-fill/refresh-credits", "{}").body("entries", hasSize(0));
    }

    @Test
    void refusesToRefreshByHandWhoeverIsOnHold() {
        TestLedger.insert(user("hand-held").holding(3, 7).periodEnd(TOMORROW).onHold());

        post("/api/admin/users/hand-held/refresh-credits", "{}").statusCode(409).body("code", equalTo("on_hold"));
    }

    @Test
    void resetsAPeriod() {
        TestLedger.insert(user("hand-reset").holding(300, 7).periodEnd(TOMORROW));

        post("/api/admin/credits/reset", "{'userId': 'hand-reset', 'reason': 'manual_reset'}")
                .statusCode(200)
                .body("entries.type", equalTo(List.of("RESET")))
                .body("status.balances[0].balance", is(1_007))
                .body("status.balances[0].period.start", equalTo("2026-11-20T12:00:00Z"));
    }

    @Test
    void adjustsTheBonusOnceUnderAKey() {
        TestLedger.insert(user("hand-adjust").holding(300, 7).periodEnd(TOMORROW));
        Writing once = Writing.as(TestTokens.admin()).under("adjust-1");
        String path = "/api/admin/users/hand-adjust/adjust-credits";

        String first = once.post(path, "{'amount': 50, 'reason': 'sorry'}")
                .statusCode(200)
                .body("entries[0].type", equalTo("ADJUST"))
                .body("status.balances[0].bonus", is(57))
                .extract()
                .asString();

        assertThat(once.post(path, "{'amount': 50, 'reason': 'sorry'}")
                        .extract()
                        .asString())
                .isEqualTo(first);
        once.post(path, "{'amount': 51, 'reason': 'sorry'}").statusCode(422);
        post(path, "{'amount': -58}").statusCode(409).body("code", equalTo("not_enough_bonus"));
        post(path, "{'amount': -57}").statusCode(200).body("status.balances[0].balance", is(300));
        post(path, "{'amount': 1, 'kind': 'roast'}").statusCode(409).body("code", equalTo("no_such_account"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'amount': 0}",
                "{'amount': 1000000001}",
                "{'amount': -9223372036854775808}",
                "{'amount': 1.5}",
                "{'amount': 1, 'kind': 'gold'}",
                "{'amount': 1, 'why': 'x'}"
            })
    void refusesABadAdjustment(String body) {
        post("/api/admin/users/hand-bad/adjust-credits", body).statusCode(400).body("code", equalTo("invalid_request"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/admin/users/%s/refresh-credits | {'dryRun': %b}",
                "/api/admin/credits/reset | {'userId': '%s', 'dryRun': %b}",
                "/api/admin/users/%s/adjust-credits | {'amount': -2, 'dryRun': %b}",
            })
    void tellsInADryRunExactlyWhatItThenDoes(String path, String body) {
        String name = "hand-dry-" + Integer.toHexString(path.hashCode());
        TestLedger.insert(user(name).holding(3, 7).periodEnd(YESTERDAY));
        String before = everything(name);

        var told = dryOrReal(path, body, name, true)
                .body("dryRun", is(true))
                .extract()
                .jsonPath();

        assertThat(everything(name)).isEqualTo(before);
        var done = dryOrReal(path, body, name, false)
                .body("dryRun", is(false))
                .extract()
                .jsonPath();
        assertThat(told.getList("entries")).isNotEmpty().isEqualTo(done.getList("entries"));
        assertThat(told.getMap("status.balances[0]")).isEqualTo(done.getMap("status.balances[0]"));
    }

    @Test
    void changesSettingsTogetherAndLeavesWhatIsNotNamed() {
        TestLedger.insert(user("set-all").holding(300, 7).periodEnd(TOMORROW));

        put("set-all", "{'hold': true, 'refreshDay': 15, 'customCreditAmount': 7500, 'reason': 'a deal'}")
                .statusCode(200)
                .body("entries.type", equalTo(List.of("SETTINGS", "SETTINGS", "SETTINGS")));

        settings("set-all")
                .body("hold", is(true))
                .body("refreshDay", is(15))
                .body("customCreditAmounts.credits", is(7_500));
        put("set-all", "{'refreshDay': null}").statusCode(200);
        settings("set-all")
                .body("hold", is(true))
                .body("refreshDay", nullValue())
                .body("customCreditAmounts.credits", is(7_500));
        put("set-all", "{'hold': null, 'customCreditAmounts': {'credits': null}}")
                .statusCode(200);
        settings("set-all").body("hold", is(false)).body("customCreditAmounts.size()", is(0));
        assertThat(audited("set-all")).isEqualTo("(refresh-settings,admin,)");
    }

    @Test
    void refreshesAtOnceWhoeverIsReleasedFromAHold() {
        TestLedger.insert(user("set-release").holding(3, 7).periodEnd(YESTERDAY).onHold());

        put("set-release", "{'hold': false}")
                .statusCode(200)
                .body("entries.type", equalTo(List.of("SETTINGS", "REFRESH")))
                .body("status.balances[0].balance", is(1_007));
    }

    @Test
    void refusesAChangeOfSettingsThatSomebodyElseHasChangedMeanwhile() {
        TestLedger.insert(user("set-race").holding(300, 7).periodEnd(TOMORROW));
        String tag = settings("set-race").extract().header("ETag");

        given().header("Authorization", "Bearer " + TestTokens.admin())
                .header("If-Match", tag)
                .contentType("application/json")
                .body("{\"refreshDay\": 3}")
                .put("/api/admin/users/set-race/refresh-settings")
                .then()
                .statusCode(200);
        given().header("Authorization", "Bearer " + TestTokens.admin())
                .header("If-Match", tag)
                .contentType("application/json")
                .body("{\"refreshDay\": 4}")
                .put("/api/admin/users/set-race/refresh-settings")
                .then()
                .statusCode(412)
                .body("code", equalTo("changed_meanwhile"));

        settings("set-race").body("refreshDay", is(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "",
                "{'hold': 1}",
                "{'hold': 'yes'}",
                "{'refreshDay': 0}",
                "{'refreshDay': 32}",
                "{'refreshDay': 1.5}",
                "{'customCreditAmount': -1}",
                "{'customCreditAmount': 1000000000000001}",
                "{'customCreditAmount': 1, 'customCreditAmounts': {'credits': 2}}",
                "{'customCreditAmounts': {'gold': 2}}",
                "{'customCreditAmounts': 5}",
                "{'reason': 5}",
                "{'dryRun': 'no'}",
                "{'tier': 'pro'}"
            })
    void refusesBadSettings(String body) {
        put("set-bad", body).statusCode(400).body("code", equalTo("invalid_request"));
    }

    private static ValidatableResponse dryOrReal(String path, String body, String name, boolean dryRun) {
        return post(path.formatted(name), body.replace("%s", name).replace("%b", String.valueOf(dryRun)))
                .statusCode(200);
    }

    private static ValidatableResponse post(String path, String body) {
        return Writing.as(TestTokens.admin()).post(path, body);
    }

    private static ValidatableResponse put(String userId, String body) {
        return given().header("Authorization", "Bearer " + TestTokens.admin())
                .contentType("application/json")
                .body(body.replace('\'', '"'))
                .put("/api/admin/users/" + userId + "/refresh-settings")
                .then();
    }

    private static ValidatableResponse settings(String userId) {
        return given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/users/" + userId + "/refresh-settings")
                .then()
                .statusCode(200);
    }

    private static String audited(String userId) {
        return TestLedger.query("SELECT row(e.action, e.role, e.reason) FROM audit_entry e JOIN subscriber s ON s.id ="
                + " e.subscriber_id WHERE s.user_id = '" + userId + "' ORDER BY e.id DESC");
    }

    private static String everything(String userId) {
        return TestLedger.query("SELECT string_agg(a::text || a.xmin, ',') || (SELECT count(*) FROM audit_entry e WHERE"
                + " e.subscriber_id = s.id) FROM credit_account a JOIN subscriber s ON s.id = a.subscriber_id WHERE"
                + " s.user_id = '" + userId + "' GROUP BY s.id");
    }
}
