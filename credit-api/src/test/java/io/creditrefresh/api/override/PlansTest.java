package io.creditrefresh.api.override;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class PlansTest {

    @Test
    void bringsInAPlanThatUsersCanThenHave() {
        put("{'plan': 'team-1', 'amount': 700, 'reason': 'new'}")
                .statusCode(200)
                .body(at("team-1") + ".amount", is(700))
                .body(at("team-1") + ".rolloverCap", is(0))
                .body(at("team-1") + ".validFrom", nullValue());

        Writing.as(TestTokens.service())
                .post("/api/provision", "{'userId': 'team-user', 'plan': 'team-1'}")
                .statusCode(200)
                .body("balances[0].balance", is(700));
        assertThat(TestLedger.query("SELECT row(action, reason, before, after ->> 'amount') FROM audit_entry WHERE"
                        + " after ->> 'plan' = 'team-1'"))
                .isEqualTo("(set-plan-amount,new,,700)");
    }

    @Test
    void setsWhatPeriodsGetThatBeginFromNowOn() {
        put("{'plan': 'team-2', 'amount': 700}").statusCode(200);

        put("{'plan': 'team-2', 'amount': 800, 'rolloverUnlimited': true}")
                .statusCode(200)
                .body(at("team-2") + ".amount", is(800))
                .body(at("team-2") + ".rolloverCap", nullValue())
                .body(at("team-2") + ".validFrom", equalTo("2026-11-20T12:00:00Z"));
        put("{'plan': 'team-2', 'amount': 800}").statusCode(200);

        assertThat(TestLedger.query("SELECT string_agg(amount::text, ' ' ORDER BY valid_from) FROM plan_allowance WHERE"
                        + " plan_code = 'team-2'"))
                .isEqualTo("700 800");
        assertThat(TestLedger.query("SELECT count(*) FROM audit_entry WHERE after ->> 'plan' = 'team-2'"))
                .isEqualTo("2");
    }

    @Test
    void changesOnceUnderAKey() {
        String first = putOnce("{'plan': 'team-9', 'amount': 700}")
                .statusCode(200)
                .extract()
                .asString();
        put("{'plan': 'team-9', 'amount': 800}").statusCode(200);

        assertThat(putOnce("{'plan': 'team-9', 'amount': 700}")
                        .statusCode(200)
                        .extract()
                        .asString())
                .isEqualTo(first);
        putOnce("{'plan': 'team-9', 'amount': 900}").statusCode(422);
        get().body(at("team-9") + ".amount", is(800));
    }

    private static ValidatableResponse putOnce(String body) {
        return given().header("Authorization", "Bearer " + TestTokens.admin())
                .header("Idempotency-Key", "plans-once")
                .contentType("application/json")
                .body(body.replace('\'', '"'))
                .put("/api/admin/plans")
                .then();
    }

    @Test
    void tellsInADryRunWhatWouldBe() {
        put("{'plan': 'team-3', 'amount': 700, 'dryRun': true}")
                .statusCode(200)
                .body(at("team-3") + ".amount", is(700));

        assertThat(TestLedger.query("SELECT count(*) FROM plan WHERE code = 'team-3'"))
                .isEqualTo("0");
    }

    @Test
    void leavesToTheEnvironmentWhatTheEnvironmentSets() {
        put("{'plan': 'scale', 'amount': 5}").statusCode(409).body("code", equalTo("set_by_environment"));

        get().body(at("scale") + ".setByEnvironment", is(true)).body(at("pro") + ".setByEnvironment", is(false));
    }

    @Test
    void refusesAChangeThatSomebodyElseHasOvertaken() {
        String tag = get().extract().header("ETag");
        given().header("Authorization", "Bearer " + TestTokens.admin())
                .header("If-Match", tag)
                .contentType("application/json")
                .body("{\"plan\": \"team-4\", \"amount\": 1}")
                .put("/api/admin/plans")
                .then()
                .statusCode(200);

        given().header("Authorization", "Bearer " + TestTokens.admin())
                .header("If-Match", tag)
                .contentType("application/json")
                .body("{\"plan\": \"team-4\", \"amount\": 2}")
                .put("/api/admin/plans")
                .then()
                .statusCode(412);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'plan': 'Team', 'amount': 1}",
                "{'plan': 'team'}",
                "{'plan': 'team', 'amount': -1}",
                "{'plan': 'team', 'amount': 1000000000000001}",
                "{'plan': 'team', 'amount': 1, 'kind': 'gold'}",
                "{'plan': 'team', 'amount': 1, 'rolloverCap': -1}",
                "{'plan': 'team', 'amount': 1, 'rolloverCap': 1, 'rolloverUnlimited': true}"
            })
    void refusesABadPlan(String body) {
        put(body).statusCode(400).body("code", equalTo("invalid_request"));
    }

    private static String at(String plan) {
        return "data.find { it.plan == '" + plan + "' && it.kind == 'credits' }";
    }

    private static ValidatableResponse get() {
        return given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/plans")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse put(String body) {
        return given().header("Authorization", "Bearer " + TestTokens.admin())
                .contentType("application/json")
                .body(body.replace('\'', '"'))
                .put("/api/admin/plans")
                .then();
    }
}
