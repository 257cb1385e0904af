package io.creditrefresh.api.rollout;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.creditrefresh.api.Problems;
import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock stands at 2026-11-20T12:00Z. Other tests of this database have spent on that day, and on no other. */
@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class RolloutReportTest {

    private static final Instant TOMORROW = Instant.parse("2026-11-21T10:00:00Z");

    @Inject
    MeterRegistry registry;

    @Inject
    RolloutMetrics metrics;

    @AfterEach
    void undo() {
        TestLedger.execute("UPDATE rollout SET revision = revision + 1, opened_at = NULL, closed_at = NULL");
    }

    @Test
    void isEmptyBeforeTheRolloutBegins() {
        report("")
                .statusCode(200)
                .body("rollout.state", equalTo("not_started"))
                .body("from", equalTo("2026-10-22"))
                .body("to", equalTo("2026-11-20"))
                .body("data", empty())
                .body("totals.v1.spends", is(0))
                .body("totals.v2.spent", is(0))
                .body("totals.variance", is(0))
                .body("totals.variancePercent", is(0f));
    }

    @Test
    void comparesBothViewsOnEachDayOfTheRollout() {
        openSince("2026-11-07T09:00Z");
        long pool = poolOf("report-days");
        long analysis = analysisBeside(pool);
        entry(pool, 2, "CONSUME", -40, -10, "consume:a", "{'units': {'analysis': 40}}", "2026-11-08T23:59:59Z");
        entry(analysis, 2, "MIRROR", -20, 0, "mirror:consume:a", "{'unmirrored': 10}", "2026-11-08T23:59:59Z");
        entry(analysis, 3, "CONSUME", -8, 0, "consume:b", "{}", "2026-11-09T00:00:00Z");
        entry(pool, 3, "MIRROR", -2, 0, "mirror:consume:b", "{'unmirrored': 0}", "2026-11-09T00:00:00Z");

        report("?from=2026-11-01&to=2026-11-09")
                .statusCode(200)
                .body("rollout.openedAt", equalTo("2026-11-07T09:00:00Z"))
                .body("data.date", contains("2026-11-07", "2026-11-08", "2026-11-09"))
                .body("data.v1.spends", contains(0, 1, 0))
                .body("data.v1.spent", contains(0, 30, 0))
                .body("data.v1.mirrored", contains(0, 20, 0))
                .body("data.v1.unmirrored", contains(0, 10, 0))
                .body("data.v2.spends", contains(0, 0, 1))
                .body("data.v2.spent", contains(0, 0, 8))
                .body("data.v2.mirrored", contains(0, 0, 2))
                .body("data.v2.variance", contains(0, 0, 6))
                .body("data.variance", contains(0, 0, 6))
                .body("data.variancePercent", contains(0f, 0f, 75f))
                .body("totals.v1.spent", is(30))
                .body("totals.v2.spent", is(8))
                .body("totals.variance", is(6))
                .body("totals.variancePercent", is(100 * 6f / 38));
        assertThat(JsonPath.from(report("").extract().asString()).getLong("subscribersWithV2Accounts"))
                .isEqualTo(Long.parseLong(TestLedger.query(
                        "SELECT count(DISTINCT subscriber_id) FROM credit_account WHERE kind = 'analysis'")));
        report("?from=2026-11-08&to=2026-11-08").body("data", hasSize(1)).body("totals.variance", is(0));
        report("?from=2026-11-20&to=2026-12-10").body("data.date", contains("2026-11-20"));
        TestLedger.execute("UPDATE rollout SET closed_at = '2026-11-08T12:00Z'");
        report("").body("data.date", contains("2026-11-07", "2026-11-08")).body("totals.v1.spent", is(0));
    }

    @Test
    void isShownAsAMetricAndFoundByTheVerificationWhileItIsOpen() {
        openSince("2026-11-19T00:00Z");
        long pool = poolOf("report-found");
        long analysis = analysisBeside(pool);
        entry(analysis, 2, "CONSUME", -1_000, 0, "consume:c", "{}", "2026-11-19T08:00Z");
        entry(pool, 2, "MIRROR", -300, 0, "mirror:consume:c", "{'unmirrored': 400}", "2026-11-19T08:00Z");
        metrics.compare();
        JsonPath totals = report("?from=2026-11-19&to=2026-11-20").extract().jsonPath();

        assertThat(gauge("credit.v2.variance.ratio"))
                .isPositive()
                .isEqualTo(totals.getDouble("totals.variancePercent") / 100, within(1e-6));
        assertThat(gauge("credit.v2.unmirrored"))
                .isGreaterThanOrEqualTo(400)
                .isEqualTo(totals.getDouble("totals.v1.unmirrored") + totals.getDouble("totals.v2.unmirrored"));
        verify().body("run.foundByType.find { it.type == 'v2_variance' }.found", is(1))
                .body("data.find { it.type == 'v2_variance' }.accountId", nullValue())
                .body(
                        "data.find { it.type == 'v2_variance' }.detail",
                        equalTo("2026-11-19: the views differ in 300 of 1000 credits (30.0 %)"));

        undo();
        metrics.compare();
        assertThat(gauge("credit.v2.variance.ratio")).isZero();
        assertThat(gauge("credit.v2.unmirrored")).isZero();
        verify().body("run.foundByType.findAll { it.type == 'v2_variance' }.found", everyItem(is(0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?from=2026-11-20&to=2026-11-19",
                "?from=2026-08-20",
                "?from=yesterday",
                "?to=2026-11-31",
                "?to=1969-12-31",
                "?from=-999999999-01-01"
            })
    void refusesWhatIsNoRangeOfDays(String query) {
        Problems.assertProblem(report(query).extract().response(), ProblemCode.INVALID_REQUEST);
    }

    @Test
    void takesTheLongestRange() {
        report("?from=2026-08-21").statusCode(200);
    }

    @Test
    void isForSupportAndAdmins() {
        for (String token : new String[] {TestTokens.user("x"), TestTokens.service()}) {
            given().header("Authorization", "Bearer " + token)
                    .get("/api/admin/rollout/report")
                    .then()
                    .statusCode(403);
        }
    }

    private static void openSince(String instant) {
        TestLedger.execute("UPDATE rollout SET revision = revision + 1, opened_at = '" + instant + "'");
    }

    private static long poolOf(String userId) {
        return TestLedger.insert(user(userId).holding(1_000, 0).periodEnd(TOMORROW));
    }

    private static long analysisBeside(long pool) {
        return Long.parseLong(
                TestLedger.query("INSERT INTO credit_account (subscriber_id, kind, plan, allowance, bonus,"
                        + " granted_this_period, period_start, period_end, refresh_at, phase, version)"
                        + " SELECT subscriber_id, 'analysis', plan, 0, 0, 100, period_start, period_end, refresh_at, phase, 1"
                        + " FROM credit_account WHERE id = " + pool + " RETURNING id"));
    }

    private static void entry(
            long accountId, int seq, String type, int amount, int bonusChange, String key, String metadata, String at) {
        TestLedger.execute("INSERT INTO ledger_entry (account_id, seq, type, amount, balance_before, balance_after,"
                + " bonus_change, period_start, actor, idempotency_key, metadata, created_at)"
                + " VALUES (%d, %d, '%s', %d, %d, 0, %d, '2026-10-22Z', 'service:shop', '%s', '%s', '%s')"
                        .formatted(
                                accountId,
                                seq,
                                type,
                                amount,
                                -amount,
                                bonusChange,
                                key,
                                metadata.replace('\'', '"'),
                                at));
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private static ValidatableResponse report(String query) {
        return given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/rollout/report" + query)
                .then();
    }

    private static ValidatableResponse verify() {
        given().header("Authorization", "Bearer " + TestTokens.support())
                .post("/api/admin/credits/verification")
                .then()
                .statusCode(200);
        return given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/credits/verification?limit=200")
                .then()
                .statusCode(200);
    }
}
