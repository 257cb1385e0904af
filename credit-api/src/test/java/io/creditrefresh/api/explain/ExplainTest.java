package io.creditrefresh.api.explain;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The service's clock stands at 2026-11-20T12:00Z. */
@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class ExplainTest {

    private static final Instant TOMORROW = Instant.parse("2026-11-21T10:00:00Z");

    @Inject
    DataSource database;

    @Test
    void derivesTheBalanceEntryByEntryNewestFirst() {
        history("explain-eventful").eventful();

        explain("explain-eventful")
                .statusCode(200)
                .body("accounts", hasSize(1))
                .body("accounts[0].balance", is(5_350))
                .body("accounts[0].allowance", is(4_750))
                .body("accounts[0].bonus", is(600))
                .body(
                        "accounts[0].entries.data.text",
                        contains(
                                "Spent 250, all from the allowance",
                                "Refreshed: 5,000 granted, 20,000 of the old allowance lapsed",
                                "Changed hold from true to false; no credit moved",
                                "Changed hold from false to true; no credit moved",
                                "Changed the plan from pro to starter: nothing was taken,"
                                        + " the lower amount comes with the next refresh",
                                "Adjusted by hand: 300 taken from the bonus",
                                "Gave back 20,500 of the spend in entry 6,"
                                        + " 20,000 to the allowance and 500 to the bonus",
                                "Spent 20,500, 20,000 from the allowance and 500 from the bonus",
                                "Upgraded from free to pro: 20,000 granted,"
                                        + " 900 of the old allowance moved to the bonus",
                                "Spent 100, all from the allowance",
                                "Refreshed: 1,000 granted, 200 of the old allowance lapsed",
                                "Spent 800, all from the allowance",
                                "Began with 1,000 of allowance"))
                .body("accounts[0].entries.data.seq", contains(13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1))
                .body(
                        "accounts[0].entries.data.allowance",
                        contains(
                                4_750, 5_000, 20_000, 20_000, 20_000, 20_000, 20_000, 0, 20_000, 900, 1_000, 200,
                                1_000))
                .body(
                        "accounts[0].entries.data.bonus",
                        contains(600, 600, 600, 600, 600, 600, 900, 400, 900, 0, 0, 0, 0))
                .body("accounts[0].entries.data.bonusDerived", everyItem(is(false)))
                .body("accounts[0].entries.hasMore", is(false));
    }

    @Test
    void showsAllThatAnEntryTells() {
        history("explain-entries").eventful();

        explain("explain-entries")
                .body("accounts[0].entries.data[5].type", equalTo("ADJUST"))
                .body("accounts[0].entries.data[5].at", equalTo("2026-10-08T08:00:00Z"))
                .body("accounts[0].entries.data[5].amount", is(-300))
                .body("accounts[0].entries.data[5].bonusChange", is(-300))
                .body("accounts[0].entries.data[5].balanceBefore", is(20_900))
                .body("accounts[0].entries.data[5].balanceAfter", is(20_600))
                .body("accounts[0].entries.data[5].actor", equalTo("admin:alice"))
                .body("accounts[0].entries.data[5].reason", equalTo("goodwill, taken back"))
                .body("accounts[0].entries.data[5].periodStart", equalTo("2026-10-05T08:00:00Z"))
                .body("accounts[0].entries.data[5].details", equalTo(Map.of()))
                .body("accounts[0].entries.data[0].details", equalTo(Map.of("action", "report")))
                .body("accounts[0].entries.data[0].reason", nullValue())
                .body("accounts[0].entries.data[1].granted", is(5_000))
                .body("accounts[0].entries.data[1].lapsed", is(20_000))
                .body("accounts[0].entries.data[1].carried", is(0));
    }

    @Test
    void showsThatAllEntriesAddUp() {
        history("explain-sum").eventful();

        explain("explain-sum")
                .body("accounts[0].sum.addsUp", is(true))
                .body("accounts[0].sum.balance", is(5_350))
                .body("accounts[0].sum.sumOfEntries", is(5_350))
                .body("accounts[0].sum.difference", is(0))
                .body("accounts[0].sum.bonus", is(600))
                .body("accounts[0].sum.bonusOfEntries", is(600))
                .body("accounts[0].sum.entries", is(13))
                .body("accounts[0].sum.lastSeq", is(13))
                .body("accounts[0].sum.version", is(13))
                .body("accounts[0].sum.breaks", is(0));
    }

    @Test
    void derivesTheBonusThatAnOldImportDoesNotTell() {
        TestLedger.insert(user("explain-import").holding(700, 300).periodEnd(TOMORROW));
        history("explain-import").at("2026-11-20T08:00:00Z").spend("one", 800).adjust(50);

        explain("explain-import")
                .body("accounts[0].entries.data.type", contains("ADJUST", "CONSUME", "IMPORT"))
                .body("accounts[0].entries.data.allowance", contains(0, 0, 700))
                .body("accounts[0].entries.data.bonus", contains(250, 200, 300))
                .body("accounts[0].entries.data.bonusDerived", contains(false, false, true))
                .body(
                        "accounts[0].entries.data[2].text",
                        equalTo("Taken over from an older system: 700 of allowance and 300 of bonus,"
                                + " as the present bonus tells"))
                .body("accounts[0].sum.addsUp", is(true))
                .body("accounts[0].schedule.anchor.type", equalTo("IMPORT"));
    }

    @Test
    void showsWhatDoesNotAddUp() {
        history("explain-mismatch").provision("free", null).spend("one", 400);
        TestLedger.execute("UPDATE credit_account SET bonus = 70 WHERE id = " + accountOf("explain-mismatch"));

        explain("explain-mismatch")
                .body("accounts[0].sum.addsUp", is(false))
                .body("accounts[0].sum.balance", is(670))
                .body("accounts[0].sum.sumOfEntries", is(600))
                .body("accounts[0].sum.difference", is(70))
                .body("accounts[0].sum.bonusOfEntries", is(0))
                .body("accounts[0].sum.breaks", is(0))
                .body("accounts[0].entries.data.bonus", contains(0, 0))
                .body("accounts[0].entries.data.allowance", contains(600, 1_000));
    }

    @Test
    void showsWhereTheChainIsBroken() {
        history("explain-broken").provision("free", null);
        TestLedger.execute("INSERT INTO ledger_entry (account_id, seq, type, amount, balance_before, balance_after,"
                + " bonus_change, period_start, actor, created_at) VALUES (" + accountOf("explain-broken")
                + ", 3, 'ADJUST', 5, 1500, 1505, 5, '2026-09-01T08:00:00Z', 'nobody', '2026-09-02')");

        explain("explain-broken")
                .body("accounts[0].sum.breaks", is(1))
                .body("accounts[0].sum.lastSeq", is(3))
                .body("accounts[0].sum.version", is(1))
                .body("accounts[0].sum.addsUp", is(false));
    }

    @Test
    void showsWhatAClientSentWithoutReadingIt() {
        history("explain-metadata")
                .provision("free", null)
                .spend("long", 1, Map.of("metadata", Map.of("n", new BigDecimal("1e20000"))))
                .spend("large", 1, Map.of("metadata", Map.of("n", new BigDecimal("1e400"))));

        String body = explain("explain-metadata").statusCode(200).extract().asString();

        assertThat(body)
                .contains("\"details\":{\"metadata\": {\"n\": 1" + "0".repeat(400) + "}}")
                .contains("\"details\":{\"tooLongToShow\": true}");
    }

    @Test
    void showsNoEmail() {
        history("explain-mail").provision("free", "alice@example.com");

        assertThat(explain("explain-mail").statusCode(200).extract().asString())
                .doesNotContain("@example.com", "email");
    }

    @Test
    void showsASubscriberWithoutAccounts() {
        TestLedger.execute("INSERT INTO subscriber (user_id, plan_code, created_at)"
                + " VALUES ('explain-empty', 'free', '2026-11-01')");

        explain("explain-empty").statusCode(200).body("accounts", hasSize(0)).body("plan", equalTo("free"));
    }

    @Test
    void knowsNobodyWhoIsNotThere() {
        explain("explain-nobody").statusCode(404).body("code", equalTo("user_not_found"));
    }

    private LedgerHistory history(String userId) {
        return new LedgerHistory(database, userId);
    }

    private static String accountOf(String userId) {
        return TestLedger.query("SELECT a.id FROM credit_account a JOIN subscriber s ON s.id = a.subscriber_id"
                + " WHERE s.user_id = '" + userId + "'");
    }

    private static ValidatableResponse explain(String userId) {
        return given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/users/{userId}/explain", userId)
                .then();
    }
}
