package io.creditrefresh.api.explain;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.edge.token.TestTokens;
import io.creditrefresh.ledger.account.BillingState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The service's clock stands at 2026-11-20T12:00Z. */
@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class ExplainDateTest {

    private static final Instant TOMORROW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant YESTERDAY = Instant.parse("2026-11-19T10:00:00Z");

    @Inject
    DataSource database;

    @Test
    void derivesTheDate() {
        history("explain-date").eventful();

        explain("explain-date")
                .body("accounts[0].schedule.anchor.periodStart", equalTo("2026-11-04T08:00:00Z"))
                .body("accounts[0].schedule.anchor.seq", is(12))
                .body("accounts[0].schedule.anchor.type", equalTo("REFRESH"))
                .body("accounts[0].schedule.anchor.at", equalTo("2026-11-05T08:00:00Z"))
                .body("accounts[0].schedule.cycle", equalTo("30_days"))
                .body("accounts[0].schedule.periodEnd", equalTo("2026-12-04T08:00:00Z"))
                .body("accounts[0].schedule.endOfCycle", equalTo("2026-12-04T08:00:00Z"))
                .body("accounts[0].schedule.agrees", is(true))
                .body("accounts[0].schedule.due", is(false))
                .body("accounts[0].nextRefresh.amount", is(5_000))
                .body("accounts[0].nextRefresh.because", equalTo("plan"))
                .body("accounts[0].nextRefresh.willLapse", is(4_750))
                .body("accounts[0].nextRefresh.balanceAfter", is(5_600))
                .body("accounts[0].nextRefresh.decidedBy.plan", equalTo("starter"))
                .body("accounts[0].nextRefresh.decidedBy.validFrom", nullValue())
                .body("accounts[0].nextRefreshText", startsWith("5,000, which is what the plan starter gives then;"))
                .body("accounts[0].entitlement.inForce.amount", is(5_000))
                .body("accounts[0].entitlement.syncOwes", is(0))
                .body("accounts[0].failure", nullValue());
    }

    @Test
    void tellsTheSlotThatIsInTheAccount() {
        long id = TestLedger.insert(user("account-1").periodEnd(TOMORROW));

        explain("account-1")
                .body("accounts[0].accountId", is((int) id))
                .body("accounts[0].schedule.slot.firstBytes", equalTo("07e998012c1137de"))
                .body("accounts[0].schedule.slot.number", equalTo("570153958640793566"))
                .body("accounts[0].schedule.slot.minuteOfDay", is(926))
                .body("accounts[0].schedule.slot.time", equalTo("15:26"))
                .body("accounts[0].schedule.refreshAt", equalTo("2026-11-21T15:26:00Z"))
                .body("accounts[0].schedule.phase % 1440", is(926));
    }

    @Test
    void showsADueAccountAsTheLedgerHasIt() {
        TestLedger.insert(user("explain-due").plan("pro").holding(700, 50).periodEnd(YESTERDAY));

        explain("explain-due")
                .body("refreshPaused", is(false))
                .body("accounts[0].balance", is(750))
                .body("accounts[0].schedule.due", is(true))
                .body("accounts[0].nextRefresh.dueAt", equalTo("2026-11-19T10:00:00Z"))
                .body("accounts[0].nextRefresh.amount", is(20_000))
                .body("accounts[0].nextRefresh.willLapse", is(700))
                // Which applies the due refresh first.
                .body("accounts[0].entitlement.syncOwes", is(0));
    }

    @Test
    void tellsWhatTheSafeSyncOwes() {
        TestLedger.insert(user("explain-owed").plan("pro").holding(1_000, 0).periodEnd(TOMORROW));

        explain("explain-owed")
                .body("accounts[0].grantedThisPeriod", is(1_000))
                .body("accounts[0].entitlement.syncOwes", is(19_000));
    }

    @Test
    void tellsWhoIsOffTheScheduleAndWhy() {
        history("explain-held").provision("free", null).hold(true).billing(BillingState.PAST_DUE);

        explain("explain-held")
                .body("onHold", is(true))
                .body("pastDue", is(true))
                .body("billingState", equalTo("past_due"))
                .body("accounts[0].schedule.refreshAt", nullValue())
                .body("accounts[0].schedule.refreshAtText", equalTo("Never: the user is on hold and past due"))
                .body("accounts[0].schedule.phase", nullValue())
                .body("accounts[0].schedule.agrees", is(true))
                .body("accounts[0].nextRefresh", nullValue())
                .body("accounts[0].nextRefreshText", equalTo("Nothing is refreshed: the user is on hold and past due"));
    }

    @Test
    void tellsWhyACancelledOneGetsWhatIsFree() {
        history("explain-cancelled")
                .at("2026-11-01T08:00:00Z")
                .provision("pro", null)
                .billing(BillingState.CANCELLED);

        explain("explain-cancelled")
                .body("accounts[0].entitlement.billingState", equalTo("cancelled"))
                .body("accounts[0].entitlement.plan", equalTo("pro"))
                .body("accounts[0].nextRefresh.because", equalTo("cancelled"))
                .body("accounts[0].nextRefresh.amount", is(1_000))
                .body(
                        "accounts[0].entries.data[0].text",
                        equalTo("Changed billing state from active to cancelled; no credit moved"));
    }

    @Test
    void tellsWhatIsWrongWithTheRefresh() {
        TestLedger.execute("INSERT INTO plan (code) VALUES ('bare') ON CONFLICT DO NOTHING");
        long id = TestLedger.insert(
                user("explain-failed").plan("bare").holding(12, 7).periodEnd(YESTERDAY));
        failure(id, "2026-11-19T10:00:00Z");

        explain("explain-failed")
                .statusCode(200)
                .body("accounts[0].failure.dueAt", equalTo("2026-11-19T10:00:00Z"))
                .body("accounts[0].failure.state", equalTo("exhausted"))
                .body("accounts[0].failure.category", equalTo("data"))
                .body("accounts[0].failure.attempts", is(4))
                .body("accounts[0].failure.lastError", equalTo("no such allowance"))
                .body("accounts[0].failure.nextAttemptAt", equalTo("2026-11-20T13:00:00Z"))
                .body("accounts[0].failure.countsNow", is(true))
                .body("accounts[0].nextRefresh", nullValue())
                .body(
                        "accounts[0].nextRefreshText",
                        equalTo("The rules refuse the refresh:"
                                + " the catalogue has no allowance of kind credits for plan bare"))
                .body("accounts[0].entitlement.inForce", nullValue())
                .body("accounts[0].entitlement.syncOwes", nullValue());
    }

    @Test
    void tellsAFailureOfAnEarlierPeriodApart() {
        long id = TestLedger.insert(user("explain-failed-before").periodEnd(TOMORROW));
        failure(id, "2026-10-22T10:00:00Z");

        explain("explain-failed-before").body("accounts[0].failure.countsNow", is(false));
    }

    private LedgerHistory history(String userId) {
        return new LedgerHistory(database, userId);
    }

    private static void failure(long accountId, String dueAt) {
        TestLedger.execute("INSERT INTO refresh_failure (account_id, due_at, next_attempt_at, first_failed_at,"
                + " last_failed_at, attempts, state, category, last_error) VALUES (" + accountId + ", '" + dueAt
                + "', '2026-11-20T13:00:00Z', '2026-11-19T10:01:00Z', '2026-11-20T11:00:00Z', 4, 'exhausted', 'data',"
                + " 'no such allowance')");
    }

    private static ValidatableResponse explain(String userId) {
        return given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/users/{userId}/explain", userId)
                .then();
    }
}
