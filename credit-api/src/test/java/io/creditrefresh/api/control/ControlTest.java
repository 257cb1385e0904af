package io.creditrefresh.api.control;

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
import io.creditrefresh.ledger.command.Switches;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class ControlTest {

    private static final Instant YESTERDAY = Instant.parse("2026-11-19T10:00:00Z");

    @Inject
    Switches switches;

    @Inject
    ControlReading reading;

    @Inject
    MeterRegistry metrics;

    /** The other tests of this database know of no stop. */
    @AfterEach
    void letEverythingGoOn() throws SQLException {
        TestLedger.execute("DELETE FROM control");
        switches.read();
    }

    @Test
    void pausesRefreshingAndHasItGoOn() {
        TestLedger.insert(user("paused").holding(3, 7).periodEnd(YESTERDAY));

        post("/api/admin/pause", "{'note': 'the wrong amounts'}")
                .statusCode(200)
                .body("refreshPaused", is(true))
                .body("refreshing.note", equalTo("the wrong amounts"))
                .body("refreshing.by", equalTo("admin:somebody"))
                .body("spending", nullValue());

        status("paused").body("refreshPaused", is(true)).body("balances[0].balance", is(10));
        consume("paused", "while-paused").statusCode(200);
        assertThat(entries("paused")).isEqualTo("IMPORT CONSUME");

        post("/api/admin/resume", "{}").statusCode(200).body("refreshPaused", is(false));

        status("paused").body("refreshPaused", is(false)).body("balances[0].balance", is(1_007));
        consume("paused", "after-the-pause").statusCode(200);
        assertThat(entries("paused")).isEqualTo("IMPORT CONSUME REFRESH CONSUME");
    }

    @Test
    void refreshesByHandDuringAPause() {
        TestLedger.insert(user("paused-hand").holding(3, 7).periodEnd(YESTERDAY));
        post("/api/admin/pause", "");

        assertThat(metrics.get("credit.refresh.paused").gauge().value()).isEqualTo(1);
        post("/api/admin/users/paused-hand/refresh-credits", "{}").statusCode(200);

        assertThat(entries("paused-hand")).isEqualTo("IMPORT REFRESH");
    }

    @Test
    void stopsSpendingAndRepeatsWhatWasSpent() {
        TestLedger.insert(user("stopped").holding(30, 7).periodEnd(Instant.parse("2026-11-21T10:00:00Z")));
        consume("stopped", "before").statusCode(200);

        post("/api/admin/spending/stop", "{'reason': 'a leak'}")
                .statusCode(200)
                .body("spendingStopped", is(true))
                .body("spending.note", equalTo("a leak"));

        consume("stopped", "new").statusCode(503).body("code", equalTo("spending_stopped"));
        consume("stopped", "before").statusCode(200);
        status("stopped").body("balances[0].balance", is(36));
        post("/api/admin/spending/start", "").statusCode(200).body("spendingStopped", is(false));
        consume("stopped", "new").statusCode(200);
    }

    @Test
    void showsWhatIsStoppedAndAuditsIt() {
        post("/api/admin/pause", "{'note': 'one'}");
        post("/api/admin/pause", "{'note': 'two'}");

        given().header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/controls")
                .then()
                .statusCode(200)
                .body("refreshing.note", equalTo("two"))
                .body("refreshing.since", equalTo("2026-11-20T12:00:00Z"));
        assertThat(TestLedger.query(
                        "SELECT concat_ws(' ', actor, role, action, reason, before ->> 'note', after ->> 'note')"
                                + " FROM audit_entry WHERE action = 'pause' ORDER BY id DESC LIMIT 1"))
                .isEqualTo("admin:somebody admin pause two one two");
    }

    @Test
    void knowsWithinASecondWhatAnotherInstanceHasStopped() throws SQLException {
        TestLedger.insert(user("elsewhere").holding(3, 7).periodEnd(YESTERDAY));
        TestLedger.execute("INSERT INTO control (subject, actor, since) VALUES ('spending', 'admin:elsewhere', now())");

        reading.read();

        consume("elsewhere", "elsewhere").statusCode(503);
        assertThat(metrics.get("credit.spending.stopped").gauge().value()).isEqualTo(1);
    }

    @Test
    void pausesOnceUnderAKey() {
        Writing once = Writing.as(TestTokens.admin()).under("pause-1");
        String first = once.post("/api/admin/pause", "{'note': 'one'}")
                .statusCode(200)
                .extract()
                .asString();
        post("/api/admin/resume", "{}");

        String again = once.post("/api/admin/pause", "{'note': 'one'}")
                .statusCode(200)
                .extract()
                .asString();

        assertThat(again).isEqualTo(first);
        assertThat(TestLedger.query("SELECT count(*) FROM control")).isEqualTo("0");
        once.post("/api/admin/pause", "{'note': 'another'}").statusCode(422);
        post("/api/admin/pause", "{'note': 'one', 'reason': 'two'}").statusCode(400);
    }

    private static ValidatableResponse post(String path, String body) {
        return Writing.as(TestTokens.admin()).post(path, body);
    }

    private static ValidatableResponse consume(String userId, String key) {
        return Writing.as(TestTokens.service())
                .under(key)
                .post("/api/credits/consume", "{'userId': '" + userId + "', 'amount': 1}");
    }

    private static ValidatableResponse status(String userId) {
        return given().header("Authorization", "Bearer " + TestTokens.user(userId))
                .get("/api/user/credits/status")
                .then()
                .statusCode(200);
    }

    private static String entries(String userId) {
        return TestLedger.query("SELECT string_agg(e.type, ' ' ORDER BY e.seq) FROM ledger_entry e"
                + " JOIN credit_account a ON a.id = e.account_id JOIN subscriber s ON s.id = a.subscriber_id"
                + " WHERE s.user_id = '" + userId + "'");
    }
}
