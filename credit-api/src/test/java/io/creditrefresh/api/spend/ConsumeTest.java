package io.creditrefresh.api.spend;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.creditrefresh.api.Problems;
import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.api.Writing;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.TestTokens;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class ConsumeTest {

    @Inject
    MeterRegistry metrics;

    private static final Instant TOMORROW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant YESTERDAY = Instant.parse("2026-11-19T10:00:00Z");

    @Test
    void takesFromTheAllowanceFirstAndThenFromTheBonus() {
        long id = TestLedger.insert(user("spend-both").holding(100, 50).periodEnd(TOMORROW));

        consume("spend-both", "k", "{'amount': 120, 'action': 'draw', 'platform': 'web', 'metadata': {'page': 7}}")
                .statusCode(200)
                .body("userId", equalTo("spend-both"))
                .body("charges", hasSize(1))
                .body("charges[0].kind", equalTo("credits"))
                .body("charges[0].amount", is(120))
                .body("charges[0].fromAllowance", is(100))
                .body("charges[0].fromBonus", is(20))
                .body("charges[0].balance", is(30))
                .body("spentAt", equalTo("2026-11-20T12:00:00Z"))
                .body("refreshOverdue", is(false));

        assertThat(TestLedger.query("SELECT row(allowance, bonus, version) FROM credit_account WHERE id = " + id))
                .isEqualTo("(0,30,2)");
        assertThat(entry(id, 2))
                .isEqualTo("(CONSUME,-120,150,30,-20,user,consume:k,\"{\"\"action\"\": \"\"draw\"\","
                        + " \"\"metadata\"\": {\"\"page\"\": 7}, \"\"platform\"\": \"\"web\"\"}\")");
    }

    @Test
    void spendsForTheUserWhomTheBackendNames() {
        TestLedger.insert(user("spend-named").holding(100, 0).periodEnd(TOMORROW));

        Writing.as(TestTokens.service())
                .under("k")
                .post("/api/credits/consume", "{'userId': 'spend-named', 'kind': 'credits', 'amount': 1}")
                .statusCode(200)
                .body("charges[0].balance", is(99));
    }

    @Test
    void refusesMoreThanThereIsAndSaysWhatIsMissingAndWhenMoreComes() {
        long id = TestLedger.insert(
                user("spend-short").plan("starter").holding(100, 50).periodEnd(TOMORROW));
        String before = TestLedger.query("SELECT a::text FROM credit_account a WHERE id = " + id);

        consume("spend-short", "k", "{'amount': 151}")
                .statusCode(402)
                .contentType("application/problem+json")
                .body("code", equalTo("insufficient_credits"))
                .body("items[0].kind", equalTo("credits"))
                .body("items[0].amount", is(151))
                .body("items[0].balance", is(150))
                .body("items[0].missing", is(1))
                .body("nextRefreshAt", equalTo("2026-11-21T10:00:00Z"))
                .body("nextRefreshAmount", is(5_000))
                .body("upgradeUrl", equalTo("https://shop.test/upgrade"));

        assertThat(TestLedger.query("SELECT a::text FROM credit_account a WHERE id = " + id))
                .isEqualTo(before);
        consume("spend-short", "k", "{'amount': 150}").statusCode(200);
    }

    @Test
    void appliesADueRefreshFirst() {
        long id = TestLedger.insert(user("spend-due").plan("pro").holding(3, 7).periodEnd(YESTERDAY));

        consume("spend-due", "k", "{'amount': 20000}")
                .statusCode(200)
                .body("charges[0].fromAllowance", is(20_000))
                .body("charges[0].balance", is(7));

        assertThat(TestLedger.query("SELECT string_agg(type || ' ' || amount || ' by ' || actor, ', ' ORDER BY seq)"
                        + " FROM ledger_entry WHERE account_id = " + id))
                .isEqualTo("IMPORT 10 by import, REFRESH 19997 by api, CONSUME -20000 by user");
        assertThat(TestLedger.query("SELECT count(*) FROM refresh_batch WHERE applied_by = 'api'"))
                .isNotEqualTo("0");
    }

    @Test
    void keepsTheDueRefreshOfARefusedSpend() {
        long id = TestLedger.insert(user("spend-due-short").holding(3, 7).periodEnd(YESTERDAY));

        consume("spend-due-short", "k", "{'amount': 5000}").statusCode(402).body("items[0].balance", is(1_007));

        assertThat(TestLedger.query("SELECT max(type) FROM ledger_entry WHERE seq = 2 AND account_id = " + id))
                .isEqualTo("REFRESH");
    }

    @Test
    void goesOnWithTheOldBalanceWhenTheRulesRefuseTheRefresh() {
        TestLedger.execute("INSERT INTO plan (code) VALUES ('bare') ON CONFLICT DO NOTHING");
        TestLedger.insert(user("spend-bare").plan("bare").holding(12, 7).periodEnd(YESTERDAY));

        consume("spend-bare", "k", "{'amount': 2}")
                .statusCode(200)
                .body("charges[0].balance", is(17))
                .body("refreshOverdue", is(true));
        consume("spend-bare", "k", "{'amount': 2}")
                .statusCode(200)
                .body("charges[0].balance", is(17))
                .body("refreshOverdue", is(true));
    }

    @Test
    void leavesTheBalanceSpendableWhileOnHoldOrPastDue() {
        TestLedger.insert(user("spend-held").holding(12, 0).onHold().periodEnd(YESTERDAY));
        TestLedger.insert(
                user("spend-unpaid").holding(12, 0).billingState("past_due").periodEnd(YESTERDAY));

        consume("spend-held", "k", "{'amount': 2}").statusCode(200).body("charges[0].balance", is(10));
        consume("spend-unpaid", "k", "{'amount': 2}").statusCode(200).body("charges[0].balance", is(10));
        consume("spend-unpaid", "k2", "{'amount': 11}").statusCode(402).body("nextRefreshAt", equalTo(null));
    }

    @Test
    void takesEveryKindFromTheSinglePoolAndAllOrNothing() {
        TestLedger.insert(user("spend-kinds").holding(100, 0).periodEnd(TOMORROW));
        String items = "{'items': [{'kind': 'analysis', 'amount': %d}, {'kind': 'roast', 'amount': 30}]}";

        consume("spend-kinds", "k1", items.formatted(71)).statusCode(402).body("items[0].missing", is(1));
        consume("spend-kinds", "k2", items.formatted(70)).statusCode(200).body("charges[0].amount", is(100));
    }

    @Test
    void answersARepetitionWithTheFirstAnswerAndSpendsOnce() {
        long id = TestLedger.insert(user("spend-twice").holding(100, 0).periodEnd(TOMORROW));
        String first = consume("spend-twice", "k", "{'amount': 60, 'action': 'a'}")
                .statusCode(200)
                .extract()
                .asString();
        consume("spend-twice", "other", "{'amount': 1}").statusCode(200);

        String second = consume("spend-twice", "k", "{ 'action': 'a',  'amount': 60 }")
                .statusCode(200)
                .extract()
                .asString();

        assertThat(second).isEqualTo(first);
        assertThat(TestLedger.query("SELECT allowance FROM credit_account WHERE id = " + id))
                .isEqualTo("39");
    }

    @Test
    void countsWhatIsSpentOnce() {
        TestLedger.insert(user("spend-counted").holding(100, 0).periodEnd(TOMORROW));
        Counter spent = metrics.get("credit.spent").tag("kind", "credits").counter();
        double before = spent.count();

        consume("spend-counted", "k", "{'amount': 60}").statusCode(200);
        consume("spend-counted", "k", "{'amount': 60}").statusCode(200);
        consume("spend-counted", "more", "{'amount': 41}").statusCode(402);

        assertThat(spent.count() - before).isEqualTo(60);
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherSpend() {
        TestLedger.insert(user("spend-key").holding(100, 0).periodEnd(TOMORROW));
        consume("spend-key", "k", "{'amount': 60}").statusCode(200);

        Problems.assertProblem(
                consume("spend-key", "k", "{'amount': 61}").extract().response(), ProblemCode.IDEMPOTENCY_KEY_REUSED);
    }

    @Test
    void givesEveryUserKeysOfTheirOwn() {
        TestLedger.insert(user("spend-own-1").holding(100, 0).periodEnd(TOMORROW));
        TestLedger.insert(user("spend-own-2").holding(100, 0).periodEnd(TOMORROW));

        consume("spend-own-1", "same", "{'amount': 60}").statusCode(200).body("charges[0].balance", is(40));
        consume("spend-own-2", "same", "{'amount': 70}").statusCode(200).body("charges[0].balance", is(30));
    }

    @Test
    void doesNotSpendAgainUnderAKeyWhoseAnswerIsNoLongerKept() {
        TestLedger.insert(user("spend-old").holding(100, 0).periodEnd(TOMORROW));
        consume("spend-old", "k", "{'amount': 60}").statusCode(200);
        TestLedger.execute("DELETE FROM idempotency");

        Problems.assertProblem(
                consume("spend-old", "k", "{'amount': 60}").extract().response(), ProblemCode.IDEMPOTENCY_KEY_EXPIRED);
    }

    @Test
    void wantsAKey() {
        TestLedger.insert(user("spend-keyless").holding(100, 0).periodEnd(TOMORROW));

        Problems.assertProblem(
                Writing.as(TestTokens.user("spend-keyless"))
                        .post("/api/credits/consume", "{'amount': 1}")
                        .extract()
                        .response(),
                ProblemCode.IDEMPOTENCY_KEY_MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "",
                "{'amount': 0}",
                "{'amount': -1}",
                "{'amount': 1000000001}",
                "{'amount': 1.5}",
                "{'amount': '1'} x",
                "{'amount': 9223372036854775808}",
                "{'amount': 1, 'kind': 'gold'}",
                "{'amount': 1, 'kind': 'CREDITS'}",
                "{'amount': 1, 'items': []}",
                "{'items': []}",
                "{'items': [null]}",
                "{'items': [{'kind': 'roast'}]}",
                "{'items': [{'kind': 'roast', 'amount': 1}, {'kind': 'roast', 'amount': 1}]}",
                "{'amount': 1, 'more': 2}",
                "{'amount': 1, 'amount': 2}",
                "{'amount': 1, 'action': 'a\\u0000b'}",
                "{'amount': 1, 'metadata': {'a\\u0000b': 1}}",
                "{'amount': 1, 'metadata': {'a': '\\ud800'}}",
                "{'amount': 1, 'metadata': [1]}",
                "{'amount': 1, 'metadata': {'a': [1e400]}}",
            })
    void refusesABodyThatItWouldHaveToGuessAt(String body) {
        TestLedger.execute("DELETE FROM idempotency");

        Problems.assertProblem(consume("spend-nobody", "k", body).extract().response(), ProblemCode.INVALID_REQUEST);
    }

    @Test
    void boundsWhatTheLedgerKeeps() {
        String long201 = "x".repeat(201);

        consume("spend-nobody", "k", "{'amount': 1, 'action': '" + long201 + "'}")
                .statusCode(400);
        consume("spend-nobody", "k", "{'amount': 1, 'platform': '" + long201 + "'}")
                .statusCode(400);
        consume("spend-nobody", "k", "{'amount': 1, 'metadata': {'x': '" + "y".repeat(4_000) + "'}}")
                .statusCode(400);
        consume("spend-nobody", "k".repeat(256), "{'amount': 1}").statusCode(400);
        consume("spend-nobody", "with space", "{'amount': 1}").statusCode(400);
    }

    @Test
    void hidesAnotherUserLikeOneWhoDoesNotExist() {
        TestLedger.insert(user("spend-hidden").holding(100, 0).periodEnd(TOMORROW));

        consume("spend-spy", "k", "{'userId': 'spend-hidden', 'amount': 1}")
                .statusCode(404)
                .body("code", equalTo("user_not_found"));
        consume("spend-spy", "k", "{'amount': 1}").statusCode(404).body("code", equalTo("user_not_found"));
        Writing.as(TestTokens.service())
                .under("k")
                .post("/api/credits/consume", "{'amount': 1}")
                .statusCode(400);
    }

    @Test
    void checksWithoutSpending() {
        long id = TestLedger.insert(user("spend-check").holding(3, 7).periodEnd(YESTERDAY));
        String token = TestTokens.user("spend-check");

        Writing.as(token)
                .post("/api/credits/check", "{'amount': 1007}")
                .statusCode(200)
                .body("allowed", is(true))
                .body("items[0].balance", is(1_007))
                .body("items[0].missing", is(0))
                .body("nextRefreshAt", equalTo("2026-12-19T10:00:00Z"));
        Writing.as(token)
                .post("/api/credits/check", "{'amount': 1008}")
                .statusCode(200)
                .body("allowed", is(false))
                .body("items[0].missing", is(1));
        assertThat(TestLedger.query("SELECT version FROM credit_account WHERE id = " + id))
                .isEqualTo("1");
    }

    @Test
    void isForUsersAndTheirProduct() {
        for (String token : new String[] {TestTokens.support(), TestTokens.admin()}) {
            Writing.as(token)
                    .under("k")
                    .post("/api/credits/consume", "{'userId': 'x', 'amount': 1}")
                    .statusCode(403);
        }
        given().contentType("application/json")
                .body("{}")
                .post("/api/credits/consume")
                .then()
                .statusCode(401);
    }

    private static ValidatableResponse consume(String userId, String key, String body) {
        return Writing.as(TestTokens.user(userId)).under(key).post("/api/credits/consume", body);
    }

    private static String entry(long accountId, int seq) {
        return TestLedger.query("SELECT row(type, amount, balance_before, balance_after, bonus_change, actor,"
                + " idempotency_key, metadata) FROM ledger_entry WHERE account_id = " + accountId + " AND seq = "
                + seq);
    }
}
