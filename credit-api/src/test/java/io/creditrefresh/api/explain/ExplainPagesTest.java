package io.creditrefresh.api.explain;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.creditrefresh.api.Problems;
import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.edge.page.Cursor;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class ExplainPagesTest {

    private static final String PATH = "/api/admin/users/{userId}/explain";

    @Inject
    DataSource database;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 200})
    void pagesThroughAllEntriesOnceAndDerivesThemTheSame(int limit) {
        String userId = "explain-pages-" + limit;
        spender(userId, 15);

        List<Integer> seqs = new ArrayList<>();
        List<Integer> bonuses = new ArrayList<>();
        String cursor = null;
        do {
            JsonPath page = explain(userId, parameters(limit, cursor)).jsonPath();
            assertThat(page.getBoolean("accounts[0].sum.addsUp")).isTrue();
            assertThat(page.getInt("accounts[0].sum.entries")).isEqualTo(16);
            seqs.addAll(page.getList("accounts[0].entries.data.seq", Integer.class));
            bonuses.addAll(page.getList("accounts[0].entries.data.bonus", Integer.class));
            cursor = page.getString("accounts[0].entries.nextCursor");
            assertThat(page.getBoolean("accounts[0].entries.hasMore")).isEqualTo(cursor != null);
        } while (cursor != null);

        assertThat(seqs)
                .isEqualTo(IntStream.rangeClosed(1, 16).mapToObj(i -> 17 - i).toList());
        // 10 each of 100 of allowance, then of bonus.
        assertThat(bonuses)
                .isEqualTo(IntStream.rangeClosed(1, 16)
                        .mapToObj(i -> 50 - 10 * Math.max(0, 16 - i - 10))
                        .toList());
    }

    @Test
    void beginsWithAllAccountsAndGoesOnWithTheOneOfTheCursor() {
        long id = TestLedger.insert(user("explain-kinds").holding(100, 50));
        TestLedger.execute("WITH account AS (INSERT INTO credit_account (subscriber_id, kind, plan, allowance, bonus,"
                + " granted_this_period, period_start, period_end, refresh_at, phase, version) SELECT subscriber_id,"
                + " 'roast', plan, 30, 0, 30, period_start, period_end, refresh_at, phase, 3 FROM credit_account"
                + " WHERE id = " + id + " RETURNING id, period_start) INSERT INTO ledger_entry (account_id, seq, type,"
                + " amount, balance_before, balance_after, bonus_change, period_start, actor, created_at)"
                + " SELECT id, n, 'IMPORT', 10, 10 * (n - 1), 10 * n, 0, period_start, 'import', '2026-11-01'"
                + " FROM account, generate_series(1, 3) n");

        JsonPath first = explain("explain-kinds", Map.of("limit", 2)).jsonPath();

        assertThat(first.getList("accounts.kind")).containsExactly("credits", "roast");
        assertThat(first.getList("accounts.sum.addsUp")).containsExactly(true, true);
        assertThat(first.getList("accounts.entries.hasMore")).containsExactly(false, true);
        explain("explain-kinds", parameters(2, first.getString("accounts[1].entries.nextCursor")))
                .then()
                .statusCode(200)
                .body("accounts.kind", contains("roast"))
                .body("accounts[0].entries.data.seq", contains(1))
                .body("accounts[0].entries.hasMore", is(false));
    }

    @Test
    void showsNothingOfOthersThroughTheirCursor() {
        spender("explain-alice", 5);
        TestLedger.insert(user("explain-bob").holding(77, 0));
        String cursor =
                explain("explain-alice", Map.of("limit", 2)).jsonPath().getString("accounts[0].entries.nextCursor");

        explain("explain-bob", Map.of("cursor", cursor))
                .then()
                .statusCode(200)
                .body("userId", is("explain-bob"))
                .body("accounts[0].entries.data.balanceAfter", contains(77));
    }

    @Test
    void hasNothingBehindACursorOfAKindThatTheUserHasNot() {
        TestLedger.insert(user("explain-one-kind"));

        explain("explain-one-kind", Map.of("cursor", new Cursor((byte) 'e', 2, 5, 0).encoded()))
                .then()
                .statusCode(200)
                .body("accounts", hasSize(0));
    }

    @Test
    void refusesCursorsOfOtherListsAndOfNoPlace() {
        TestLedger.insert(user("explain-cursors"));

        for (Cursor bad : List.of(
                new Cursor((byte) 1, 0, 5, 0),
                new Cursor((byte) 'e', -1, 5, 0),
                new Cursor((byte) 'e', 3, 5, 0),
                new Cursor((byte) 'e', Long.MIN_VALUE, 5, 0),
                new Cursor((byte) 'e', 0, 5, 1))) {
            Problems.assertProblem(
                    explain("explain-cursors", Map.of("cursor", bad.encoded())), ProblemCode.INVALID_CURSOR);
        }
        Problems.assertProblem(explain("explain-cursors", Map.of("cursor", "abc")), ProblemCode.INVALID_CURSOR);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE})
    void takesAnySequenceNumberOfACursor(long seq) {
        String userId = "explain-seq" + seq;
        TestLedger.insert(user(userId));

        explain(userId, Map.of("cursor", new Cursor((byte) 'e', 0, seq, 0).encoded()))
                .then()
                .statusCode(200)
                .body("accounts[0].entries.data", hasSize(seq > 1 ? 1 : 0))
                .body("accounts[0].sum.addsUp", is(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "201", "abc", "1.5", ""})
    void refusesAPageSizeThatIsNone(String limit) {
        Problems.assertProblem(explain("explain-cursors", Map.of("limit", limit)), ProblemCode.INVALID_REQUEST);
    }

    @Test
    void refusesAUserIdThatNobodyHas() {
        Problems.assertProblem(explain("a".repeat(129), Map.of()), ProblemCode.INVALID_REQUEST);
        Problems.assertProblem(explain("a\u0001b", Map.of()), ProblemCode.INVALID_REQUEST);
    }

    @Test
    void isForSupportAndAdminsOnly() {
        TestLedger.insert(user("explain-roles"));

        assertThat(given().get(PATH, "explain-roles").statusCode()).isEqualTo(401);
        assertThat(as(TestTokens.user("explain-roles"))).isEqualTo(403);
        assertThat(as(TestTokens.service())).isEqualTo(403);
        assertThat(as(TestTokens.support())).isEqualTo(200);
        assertThat(as(TestTokens.admin())).isEqualTo(200);
    }

    private void spender(String userId, int spends) {
        TestLedger.insert(user(userId).holding(100, 50).periodEnd(Instant.parse("2026-11-21T10:00:00Z")));
        LedgerHistory history = new LedgerHistory(database, userId).at("2026-11-20T08:00:00Z");
        for (int i = 1; i <= spends; i++) {
            history.spend("spend-" + i, 10);
        }
    }

    private static Map<String, ?> parameters(int limit, String cursor) {
        return cursor == null ? Map.of("limit", limit) : Map.of("limit", limit, "cursor", cursor);
    }

    private static Response explain(String userId, Map<String, ?> parameters) {
        return given().header("Authorization", "Bearer " + TestTokens.support())
                .queryParams(parameters)
                .get(PATH, userId);
    }

    private static int as(String token) {
        return given().header("Authorization", "Bearer " + token)
                .get(PATH, "explain-roles")
                .statusCode();
    }
}
