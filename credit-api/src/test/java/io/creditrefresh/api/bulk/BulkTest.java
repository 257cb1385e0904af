package io.creditrefresh.api.bulk;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.api.Writing;
import io.creditrefresh.edge.token.TestTokens;
import io.creditrefresh.ledger.command.BulkAtOnce;
import io.creditrefresh.ledger.command.LedgerAccess;
import io.creditrefresh.ledger.store.BulkJobStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class BulkTest {

    private static final Instant TOMORROW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant YESTERDAY = Instant.parse("2026-11-19T10:00:00Z");
    private static final String REFRESH = "/api/admin/credits/bulk-refresh";
    private static final String RESTORE = "/api/admin/credits/restore";

    @Inject
    LedgerAccess ledger;

    @Test
    void refreshesUsersOfAListAndTellsWhatBecameOfEach() throws SQLException {
        TestLedger.insert(user("bulk-due").holding(3, 7).periodEnd(YESTERDAY));
        TestLedger.insert(user("bulk-low, \"quoted\"").holding(300, 7).periodEnd(TOMORROW));
        TestLedger.insert(user("bulk-full").holding(1_000, 0).periodEnd(TOMORROW));
        TestLedger.insert(user("bulk-held").holding(3, 0).periodEnd(TOMORROW).onHold());

        long id = begin(
                REFRESH,
                "{'userIds': ['bulk-due', 'bulk-low, \\'quoted\\'', 'bulk-full', 'bulk-held', 'bulk-who'],"
                        + " 'reason': 'sorry'}");
        finish(id);

        job(id).body("state", equalTo("done"))
                .body("work", equalTo("refresh"))
                .body("users", is(5))
                .body("unknownUsers", equalTo(List.of("bulk-who")))
                .body("by", equalTo("admin:somebody"))
                .body("reason", equalTo("sorry"))
                .body("progress.total", is(4))
                .body("progress.refreshed", is(2))
                .body("progress.unchanged", is(1))
                .body("progress.held", is(1))
                .body("progress.open", is(0));
        assertThat(results(id, ""))
                .startsWith("userId,kind,accountId,refreshSeq,fate,entryType,entrySeq,amount,")
                .containsPattern("bulk-due,credits,\\d+,,refreshed,REFRESH,2,997,10,1007,\r\n")
                .containsPattern(
                        "\"bulk-low, \"\"quoted\"\"\",credits,\\d+,,refreshed,MANUAL_REFRESH,2,700,307,1007,\r\n")
                .containsPattern("bulk-full,credits,\\d+,,unchanged,,,,,,\r\n")
                .containsPattern("bulk-held,credits,\\d+,,held,,,,,,\r\n");
        assertThat(results(id, "?fate=held").lines()).hasSize(2);
        assertThat(entry("bulk-low%")).isEqualTo("MANUAL_REFRESH admin:somebody sorry bulk:" + id);
    }

    @Test
    void refreshesThoseWhomAFilterFinds() throws SQLException {
        TestLedger.insert(user("filter-past-due").plan("scale").holding(3, 0).periodEnd(TOMORROW));
        TestLedger.execute("UPDATE subscriber SET billing_state = 'past_due' WHERE user_id = 'filter-past-due'");

        long id = begin(REFRESH, "{'filter': {'plan': 'scale', 'billingState': 'past_due'}}");
        finish(id);

        job(id).body("asked.plan", equalTo("scale")).body("users", nullValue()).body("progress.total", is(1));
    }

    @Test
    void tellsInADryRunExactlyWhatItThenDoes() throws SQLException {
        TestLedger.insert(user("bulk-dry").holding(3, 7).periodEnd(YESTERDAY));
        TestLedger.insert(user("bulk-dry-2").holding(3, 7).periodEnd(TOMORROW));
        String users = "'userIds': ['bulk-dry', 'bulk-dry-2']";

        long told = begin(REFRESH, "{" + users + ", 'dryRun': true}");
        finish(told);

        assertThat(entries("bulk-dry%")).isEqualTo("IMPORT IMPORT");
        long done = begin(REFRESH, "{" + users + "}");
        finish(done);
        assertThat(results(told, "")).isEqualTo(results(done, ""));
        assertThat(entries("bulk-dry%")).isEqualTo("IMPORT IMPORT MANUAL_REFRESH REFRESH");
    }

    @Test
    void takesARangeOfRefreshesBackOnceThenRefreshesThoseUsers() throws SQLException {
        TestLedger.insert(user("bulk-bad").holding(3, 7).periodEnd(YESTERDAY));
        TestLedger.insert(user("bulk-bad-spent").holding(3, 7).periodEnd(YESTERDAY));
        List.of("bulk-bad", "bulk-bad-spent").forEach(BulkTest::refreshByHand);
        spend("bulk-bad-spent", 900);
        String range = "'from': '2026-11-20T11:00:00Z', 'to': '2026-11-20T13:00:00Z',"
                + " 'userIds': ['bulk-bad', 'bulk-bad-spent']";

        long told = begin(RESTORE, "{" + range + ", 'dryRun': true}");
        finish(told);
        long first = begin(RESTORE, "{" + range + ", 'reason': 'a bad run'}");
        finish(first);
        long again = begin(RESTORE, "{" + range + "}");
        finish(again);

        job(first).body("progress.restored", is(2)).body("asked.from", equalTo("2026-11-20T11:00:00Z"));
        job(again).body("progress.already", is(2)).body("progress.restored", is(0));
        assertThat(results(told, "")).isEqualTo(results(first, ""));
        assertThat(balance("bulk-bad")).isEqualTo("3 7");
        assertThat(balance("bulk-bad-spent")).isEqualTo("0 7");

        long repaired = begin(REFRESH, "{'filter': {'restoredBy': " + first + "}}");
        finish(repaired);

        job(repaired).body("progress.refreshed", is(2));
        assertThat(balance("bulk-bad-spent")).isEqualTo("1000 7");
    }

    @Test
    void waitsForTheEndOfARestoreBeforeItRefreshesThoseUsers() throws SQLException {
        TestLedger.insert(user("bulk-early").holding(3, 7).periodEnd(YESTERDAY));
        refreshByHand("bulk-early");
        long restore = begin(
                RESTORE, "{'from': '2026-11-20T11:00:00Z', 'to': '2026-11-20T13:00:00Z', 'userIds': ['bulk-early']}");
        long refresh = begin(REFRESH, "{'filter': {'restoredBy': " + restore + "}}");

        finish(refresh);

        job(refresh).body("state", equalTo("listing"));
        finish(restore);
        assertThat(balance("bulk-early")).isEqualTo("3 7");
        finish(refresh);
        job(refresh).body("state", equalTo("done")).body("progress.refreshed", is(1));
        assertThat(balance("bulk-early")).isEqualTo("1000 7");
    }

    @Test
    void beginsOnceUnderAKey() {
        Writing once = Writing.as(TestTokens.admin()).under("bulk-once");
        String body = "{'userIds': ['nobody-at-all']}";

        String first = once.post(REFRESH, body).statusCode(202).extract().asString();

        assertThat(once.post(REFRESH, body).statusCode(202).extract().asString())
                .isEqualTo(first);
        once.post(REFRESH, "{'userIds': ['another']}").statusCode(422);
    }

    @Test
    void doesNothingOfAJobThatIsCancelled() throws SQLException {
        TestLedger.insert(user("bulk-cancelled").holding(3, 7).periodEnd(TOMORROW));
        long id = begin(REFRESH, "{'userIds': ['bulk-cancelled']}");
        String path = "/api/admin/bulk-jobs/" + id + "/cancel";

        post(path, "{'reason': 'a mistake'}").statusCode(200).body("state", equalTo("cancelled"));
        post(path, "{}").statusCode(200).body("state", equalTo("cancelled"));
        finish(id);

        assertThat(entries("bulk-cancelled")).isEqualTo("IMPORT");
        assertThat(TestLedger.query("SELECT count(*) FROM audit_entry WHERE action = 'cancel-bulk-job'"
                        + " AND after ->> 'job' = '" + id + "'"))
                .isEqualTo("1");
    }

    @Test
    void cannotCancelWhatIsDoneOrIsNotThere() throws SQLException {
        long id = begin(REFRESH, "{'userIds': ['nobody']}");
        finish(id);

        post("/api/admin/bulk-jobs/" + id + "/cancel", "{}").statusCode(409).body("code", equalTo("job_is_over"));
        post("/api/admin/bulk-jobs/999999/cancel", "{}").statusCode(404);
        given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/bulk-jobs/999999/results")
                .then()
                .statusCode(404)
                .body("code", equalTo("not_found"));
    }

    @Test
    void listsTheNewestFirst() {
        long older = begin(REFRESH, "{'userIds': ['nobody']}");
        long newer = begin(REFRESH, "{'userIds': ['nobody']}");

        var page = given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/bulk-jobs?limit=1")
                .then()
                .statusCode(200)
                .body("data[0].id", is((int) newer))
                .body("data[0].progress", nullValue())
                .body("hasMore", is(true))
                .extract();
        given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/bulk-jobs?limit=1&cursor=" + page.path("nextCursor"))
                .then()
                .body("data[0].id", is((int) older));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'userIds': []}",
                "{'userIds': ['']}",
                "{'userIds': [null]}",
                "{'userIds': ['a'], 'filter': {}}",
                "{'filter': {'billingState': 'rich'}}",
                "{'filter': {'restoredBy': 999999}}",
                "{'filter': {'who': 'all'}}",
                "{'everybody': true}"
            })
    void refusesABadRefresh(String body) {
        post(REFRESH, body).statusCode(400).body("code", equalTo("invalid_request"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'from': '2026-11-20T12:00:00Z'}",
                "{'from': '2026-11-20T12:00:00Z', 'to': '2026-11-20T12:00:00.5Z'}",
                "{'from': '2026-11-20', 'to': '2026-11-21'}",
                "{'from': '-1000000-01-01T00:00:00Z', 'to': '2026-11-21T00:00:00Z'}",
            })
    void refusesABadRestore(String body) {
        post(RESTORE, body).statusCode(400).body("code", equalTo("invalid_request"));
    }

    @Test
    void refusesMoreUsersThanOneBodyMayName() {
        String users = IntStream.range(0, 20_001).mapToObj(i -> "'u" + i + "'").collect(Collectors.joining(","));

        post(REFRESH, "{'userIds': [" + users + "]}").statusCode(400);
    }

    /** As planner and workers do. */
    private void finish(long id) throws SQLException {
        BulkAtOnce bulk = new BulkAtOnce(ledger, TestLedger.as("credit_planner"), TestLedger.as("credit_worker"));
        try (Connection connection = TestLedger.connection()) {
            bulk.run(BulkJobStore.find(connection, id).orElseThrow());
        }
    }

    private static long begin(String path, String body) {
        ValidatableResponse begun = post(path, body).statusCode(202).body("state", equalTo("listing"));
        Number id = begun.extract().path("id");
        assertThat(begun.extract().header("Location")).endsWith("/api/admin/bulk-jobs/" + id);
        return id.longValue();
    }

    private static ValidatableResponse post(String path, String body) {
        return Writing.as(TestTokens.admin()).post(path, body);
    }

    private static ValidatableResponse job(long id) {
        return given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/bulk-jobs/" + id)
                .then()
                .statusCode(200);
    }

    private static String results(long id, String query) {
        return given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/bulk-jobs/" + id + "/results" + query)
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .extract()
                .asString();
    }

    private static void refreshByHand(String userId) {
        post("/api/admin/users/" + userId + "/refresh-credits", "{}").statusCode(200);
    }

    private static void spend(String userId, long amount) {
        Writing.as(TestTokens.service())
                .under("spend-" + userId)
                .post("/api/credits/consume", "{'userId': '" + userId + "', 'amount': " + amount + "}")
                .statusCode(200);
    }

    private static String entries(String userIdLike) {
        return TestLedger.query("SELECT string_agg(e.type, ' ' ORDER BY e.type) FROM ledger_entry e"
                + " JOIN credit_account a ON a.id = e.account_id JOIN subscriber s ON s.id = a.subscriber_id"
                + " WHERE s.user_id LIKE '" + userIdLike + "'");
    }

    private static String entry(String userIdLike) {
        return TestLedger.query("SELECT concat_ws(' ', e.type, e.actor, e.reason, e.idempotency_key)"
                + " FROM ledger_entry e JOIN credit_account a ON a.id = e.account_id"
                + " JOIN subscriber s ON s.id = a.subscriber_id"
                + " WHERE s.user_id LIKE '" + userIdLike + "' ORDER BY seq DESC LIMIT 1");
    }

    private static String balance(String userId) {
        return TestLedger.query("SELECT allowance || ' ' || bonus FROM credit_account a"
                + " JOIN subscriber s ON s.id = a.subscriber_id WHERE user_id = '" + userId + "'");
    }
}
