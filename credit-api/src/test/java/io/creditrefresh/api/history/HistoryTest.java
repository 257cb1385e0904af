package io.creditrefresh.api.history;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class HistoryTest {

    private static final String OWN = "/api/user/credits/refresh-history";

    @Test
    void showsRefreshesNewestFirstAndNothingElse() {
        long id = TestLedger.insert(user("history-mixed"));
        refresh(id, 2, "REFRESH", "2026-09-20T10:00:00Z", "NULL");
        entry(id, 3, "ADJUST");
        refresh(id, 4, "MANUAL_REFRESH", "2026-10-01T10:00:00Z", "'asked for by mail'");
        refresh(id, 5, "REFRESH", "2026-10-20T10:00:00Z", "NULL");

        as(TestTokens.user("history-mixed"))
                .get(OWN)
                .then()
                .statusCode(200)
                .body("data.at", contains("2026-10-20T10:00:00Z", "2026-10-01T10:00:00Z", "2026-09-20T10:00:00Z"))
                .body("data.type", contains("REFRESH", "MANUAL_REFRESH", "REFRESH"))
                .body("data[0].kind", equalTo("credits"))
                .body("data[0].oldBalance", is(400))
                .body("data[0].amount", is(600))
                .body("data[0].newBalance", is(1_000))
                .body("data[0].granted", is(1_000))
                .body("data[0].lapsed", is(400))
                .body("data[0].carried", is(0))
                .body("data[0].skippedPeriods", is(0))
                .body("data[0]", not(hasKey("actor")))
                .body("data[0]", not(hasKey("reason")))
                .body("hasMore", is(false))
                .body("nextCursor", equalTo(null));
    }

    @Test
    void showsSupportWhoDidItAndWhy() {
        long id = TestLedger.insert(user("history/of support?#%"));
        refresh(id, 2, "MANUAL_REFRESH", "2026-10-01T10:00:00Z", "'asked for by mail'");

        as(TestTokens.support())
                .get("/api/admin/users/{userId}/refresh-history", "history/of support?#%")
                .then()
                .statusCode(200)
                .body("data", hasSize(1))
                .body("data[0].actor", equalTo("somebody"))
                .body("data[0].reason", equalTo("asked for by mail"))
                .body("data[0].accountId", is((int) id))
                .body("data[0].seq", is(2))
                .body("data[0].runDate", equalTo("2026-10-01"))
                .body("data[0].newBalance", is(1_000));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 200})
    void pagesThroughAllOfThemOnce(int limit) {
        String userId = "history-pages-" + limit;
        long id = TestLedger.insert(user(userId));
        List<Integer> written = new ArrayList<>();
        for (int seq = 2; seq <= 16; seq++) {
            // Two at each instant: the sequence number decides.
            refresh(id, seq, "REFRESH", "2026-10-%02dT10:00:00Z".formatted(seq / 2), "NULL");
            written.add(0, seq);
        }

        List<Integer> read = new ArrayList<>();
        String cursor = null;
        do {
            Map<String, ?> parameters =
                    cursor == null ? Map.of("limit", limit) : Map.of("limit", limit, "cursor", cursor);
            JsonPath page = as(TestTokens.admin())
                    .queryParams(parameters)
                    .get("/api/admin/users/{userId}/refresh-history", userId)
                    .jsonPath();
            assertThat(page.getList("data")).hasSizeLessThanOrEqualTo(limit);
            read.addAll(page.getList("data.seq", Integer.class));
            cursor = page.getString("nextCursor");
            assertThat(page.getBoolean("hasMore")).isEqualTo(cursor != null);
        } while (cursor != null);

        assertThat(read).isEqualTo(written);
    }

    @Test
    void showsNothingOfOthersThroughTheirCursor() {
        long alice = TestLedger.insert(user("history-alice"));
        long bob = TestLedger.insert(user("history-bob"));
        for (int seq = 2; seq <= 5; seq++) {
            refresh(alice, seq, "REFRESH", "2026-10-0%dT10:00:00Z".formatted(seq), "NULL");
        }
        refresh(bob, 2, "REFRESH", "2026-09-01T11:11:11Z", "NULL");
        String cursor = as(TestTokens.user("history-alice"))
                .queryParam("limit", 2)
                .get(OWN)
                .jsonPath()
                .getString("nextCursor");

        as(TestTokens.user("history-bob"))
                .queryParam("cursor", cursor)
                .get(OWN)
                .then()
                .statusCode(200)
                .body("data.at", contains("2026-09-01T11:11:11Z"));
    }

    @Test
    void isEmptyBeforeTheFirstRefresh() {
        TestLedger.insert(user("history-empty"));

        as(TestTokens.user("history-empty")).get(OWN).then().statusCode(200).body("data", hasSize(0));
    }

    @Test
    void knowsNobodyWhoIsNotThere() {
        as(TestTokens.user("history-nobody")).get(OWN).then().statusCode(404);
        as(TestTokens.support())
                .get("/api/admin/users/history-nobody/refresh-history")
                .then()
                .statusCode(404)
                .body("code", equalTo("user_not_found"));
    }

    private static void refresh(long accountId, int seq, String type, String at, String reason) {
        TestLedger.execute("INSERT INTO ledger_entry (account_id, seq, type, amount, balance_before, balance_after,"
                + " granted, lapsed, carried, period_start, run_date, actor, reason, created_at) VALUES (" + accountId
                + ", " + seq + ", '" + type + "', 600, 400, 1000, 1000, 400, 0, timestamptz '" + at
                + "' + interval '1 second' * " + seq + ", timestamptz '" + at + "', 'somebody', " + reason + ", '" + at
                + "')");
    }

    private static void entry(long accountId, int seq, String type) {
        TestLedger.execute("INSERT INTO ledger_entry (account_id, seq, type, amount, balance_before, balance_after,"
                + " period_start, actor, created_at) VALUES (" + accountId + ", " + seq + ", '" + type
                + "', -600, 1000, 400, '2026-09-20', 'somebody', '2026-09-21')");
    }

    private static RequestSpecification as(String token) {
        return given().header("Authorization", "Bearer " + token);
    }
}
