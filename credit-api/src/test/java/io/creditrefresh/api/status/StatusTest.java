package io.creditrefresh.api.status;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class StatusTest {

    private static final Instant TOMORROW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant YESTERDAY = Instant.parse("2026-11-19T10:00:00Z");

    @Test
    void showsAllowanceBonusLimitAndUse() {
        TestLedger.insert(user("status-spent").plan("pro").holding(20_000, 300).periodEnd(TOMORROW));
        TestLedger.execute("UPDATE credit_account SET allowance = 18_500 WHERE subscriber_id ="
                + " (SELECT id FROM subscriber WHERE user_id = 'status-spent')");

        status("status-spent")
                .statusCode(200)
                .body("userId", equalTo("status-spent"))
                .body("plan", equalTo("pro"))
                .body("billingState", equalTo("active"))
                .body("fallback", is(true))
                .body("refreshPaused", is(false))
                .body("asOf", equalTo("2026-11-20T12:00:00Z"))
                .body("balances", hasSize(1))
                .body("balances[0].kind", equalTo("credits"))
                .body("balances[0].balance", is(18_800))
                .body("balances[0].allowance", is(18_500))
                .body("balances[0].bonus", is(300))
                .body("balances[0].limit", is(20_000))
                .body("balances[0].used", is(1_500))
                .body("balances[0].period.start", equalTo("2026-10-22T10:00:00Z"))
                .body("balances[0].period.end", equalTo("2026-11-21T10:00:00Z"))
                .body("balances[0].refreshOverdue", is(false));
    }

    @Test
    void showsADueRefreshAsAppliedAndWritesNothing() {
        long id = TestLedger.insert(
                user("status-due").plan("starter").holding(12, 7).periodEnd(YESTERDAY));
        String before = row(id);

        status("status-due")
                .body("balances[0].balance", is(5_007))
                .body("balances[0].used", is(0))
                .body("balances[0].period.start", equalTo("2026-11-19T10:00:00Z"))
                .body("balances[0].period.end", equalTo("2026-12-19T10:00:00Z"));

        assertThat(row(id)).isEqualTo(before);
        assertThat(TestLedger.query("SELECT count(*) FROM ledger_entry WHERE account_id = " + id))
                .isEqualTo("1");
    }

    @Test
    void showsTheOldBalanceWhileOnHoldOrPastDue() {
        TestLedger.insert(user("status-held").holding(12, 7).onHold().periodEnd(YESTERDAY));
        TestLedger.insert(
                user("status-unpaid").holding(12, 7).billingState("past_due").periodEnd(YESTERDAY));

        status("status-held").body("balances[0].balance", is(19));
        status("status-unpaid").body("balances[0].balance", is(19)).body("billingState", equalTo("past_due"));
    }

    @Test
    void saysThatARefreshIsOverdueWhenTheRulesRefuseIt() {
        TestLedger.execute("INSERT INTO plan (code) VALUES ('bare') ON CONFLICT DO NOTHING");
        TestLedger.insert(user("status-bare").plan("bare").holding(12, 7).periodEnd(YESTERDAY));

        status("status-bare")
                .statusCode(200)
                .body("balances[0].balance", is(19))
                .body("balances[0].refreshOverdue", is(true));
        nextRefresh("status-bare")
                .statusCode(200)
                .body("refreshes[0].refreshOverdue", is(true))
                .body("refreshes[0].amount", equalTo(null));
    }

    @Test
    void tellsWhenHowMuchAndWhatWillLapse() {
        TestLedger.insert(user("next-regular").plan("pro").holding(700, 50).periodEnd(TOMORROW));

        nextRefresh("next-regular")
                .statusCode(200)
                .body("nextRefreshAt", equalTo("2026-11-21T10:00:00Z"))
                .body("refreshes", hasSize(1))
                .body("refreshes[0].kind", equalTo("credits"))
                .body("refreshes[0].at", equalTo("2026-11-21T10:00:00Z"))
                .body("refreshes[0].amount", is(20_000))
                .body("refreshes[0].willLapse", is(700))
                .body("refreshes[0].willCarry", is(0))
                .body("refreshes[0].last", equalTo(null))
                .body("refreshes[0].hold", equalTo(null));
    }

    @Test
    void tellsTheOneAfterADueRefreshAndShowsThatAsTheLast() {
        TestLedger.insert(user("next-due").plan("pro").holding(700, 50).periodEnd(YESTERDAY));

        nextRefresh("next-due")
                .body("nextRefreshAt", equalTo("2026-12-19T10:00:00Z"))
                .body("refreshes[0].willLapse", is(20_000))
                .body("refreshes[0].last.at", equalTo("2026-11-19T10:00:00Z"))
                .body("refreshes[0].last.amount", is(20_000))
                .body("refreshes[0].last.lapsed", is(700))
                .body("refreshes[0].last.recorded", is(false));
    }

    @Test
    void tellsTheLastRefreshOfTheLedger() {
        long id = TestLedger.insert(
                user("next-last").plan("pro").holding(20_000, 0).periodEnd(TOMORROW));
        TestLedger.execute("INSERT INTO ledger_entry (account_id, seq, type, amount, balance_before, balance_after,"
                + " granted, lapsed, carried, period_start, run_date, actor, created_at) VALUES (" + id
                + ", 2, 'REFRESH', 15000, 5000, 20000, 20000, 5000, 0, '2026-10-22T10:00:00Z', '2026-10-22', 'worker',"
                + " '2026-10-22T10:03:00Z')");

        nextRefresh("next-last")
                .body("refreshes[0].last.at", equalTo("2026-10-22T10:03:00Z"))
                .body("refreshes[0].last.amount", is(20_000))
                .body("refreshes[0].last.lapsed", is(5_000))
                .body("refreshes[0].last.recorded", is(true));
    }

    @Test
    void saysWhyNothingIsRefreshed() {
        TestLedger.insert(user("next-held").onHold().periodEnd(TOMORROW));
        TestLedger.insert(user("next-unpaid").billingState("past_due").periodEnd(TOMORROW));
        TestLedger.insert(user("next-both").onHold().billingState("past_due").periodEnd(TOMORROW));

        nextRefresh("next-held")
                .statusCode(200)
                .body("nextRefreshAt", equalTo(null))
                .body("refreshes[0].at", equalTo(null))
                .body("refreshes[0].hold", equalTo("on_hold"));
        nextRefresh("next-unpaid").body("refreshes[0].hold", equalTo("past_due"));
        nextRefresh("next-both").body("refreshes[0].hold", equalTo("on_hold"));
    }

    @Test
    void showsASubscriberWithoutAccounts() {
        TestLedger.execute("INSERT INTO subscriber (user_id, plan_code, created_at)"
                + " VALUES ('status-empty', 'free', '2026-11-01')");

        status("status-empty").statusCode(200).body("balances", hasSize(0));
        nextRefresh("status-empty")
                .statusCode(200)
                .body("refreshes", hasSize(0))
                .body("nextRefreshAt", equalTo(null));
    }

    @Test
    void knowsNobodyWhoIsNotThere() {
        status("status-nobody").statusCode(404).body("code", equalTo("user_not_found"));
        nextRefresh("status-nobody").statusCode(404).body("code", equalTo("user_not_found"));
    }

    private static ValidatableResponse status(String userId) {
        return get("/api/user/credits/status", userId);
    }

    private static ValidatableResponse nextRefresh(String userId) {
        return get("/api/user/credits/next-refresh", userId);
    }

    private static ValidatableResponse get(String path, String userId) {
        return given().header("Authorization", "Bearer " + TestTokens.user(userId))
                .get(path)
                .then();
    }

    private static String row(long id) {
        return TestLedger.query("SELECT a::text FROM credit_account a WHERE id = " + id);
    }
}
