package io.creditrefresh.api.run;

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
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class RunDaysTest {

    @BeforeEach
    @AfterEach
    void forgetEverything() {
        TestLedger.execute("TRUNCATE credit_account, subscriber, refresh_run, refresh_batch CASCADE");
    }

    @Test
    void showsEachDayHourByHourAsPlannedAndAsDone() {
        run("2026-11-18", "array_fill(1, ARRAY[1440])", 1_440);
        run("2026-11-19", "array_fill(0, ARRAY[1440])", 0);
        batch("2026-11-18", "2026-11-18T00:59:59Z", 60, 2, 1);
        batch("2026-11-18", "2026-11-18T23:00:00Z", 50, 0, 0);
        batch("2026-11-18", "2026-11-19T07:00:00Z", 10, 0, 0);

        var first = get("/api/admin/runs?limit=1")
                .body("data.date", equalTo(List.of("2026-11-19")))
                .body("data[0].refreshed", is(0))
                .body("hasMore", is(true))
                .extract();
        get("/api/admin/runs?limit=1&cursor=" + first.<String>path("nextCursor"))
                .body("data[0].date", equalTo("2026-11-18"))
                .body("data[0].planned", is(1_440))
                .body("data[0].refreshed", is(120))
                .body("data[0].refreshedLater", is(10))
                .body("data[0].skipped", is(2))
                .body("data[0].failedAttempts", is(1))
                .body("data[0].lastBatchAt", equalTo("2026-11-19T07:00:00Z"))
                .body("data[0].hours", hasSize(24))
                .body("data[0].hours[0].planned", is(60))
                .body("data[0].hours[0].refreshed", is(60))
                .body("data[0].hours[23].refreshed", is(50))
                .body("hasMore", is(false));
    }

    @Test
    void looksAheadInTheSchedule() {
        Instant tomorrow = Instant.parse("2026-11-21T10:00:00Z");
        TestLedger.insert(user("ahead-1").periodEnd(tomorrow));
        TestLedger.insert(user("ahead-2").periodEnd(tomorrow));
        TestLedger.insert(user("ahead-3").periodEnd(tomorrow).onHold());
        String at =
                TestLedger.query("SELECT to_char(min(refresh_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
                        + " FROM credit_account");

        get("/api/admin/schedule/simulate")
                .body("from", equalTo("2026-11-20"))
                .body("days", is(30))
                .body("refreshes", is(2))
                .body("busiestMinute", equalTo(at))
                .body("mostPerMinute", is(1))
                .body("data", hasSize(30));
        get("/api/admin/schedule/simulate?from=2026-11-20&days=60").body("refreshes", is(4));
        get("/api/admin/schedule/simulate?days=1").body("refreshes", is(0)).body("evenness", is(1.0f));
    }

    @Test
    void isEvenWhereEveryMinuteHasAsMany() {
        int[] perPhase = new int[43_200];
        Arrays.fill(perPhase, 3);

        SimulatedSchedule schedule = Schedules.of(perPhase, LocalDate.parse("2026-11-20"), 30);

        assertThat(schedule.evenness()).isEqualTo(1);
        assertThat(schedule.meanPerMinute()).isEqualTo(3);
        assertThat(schedule.refreshes()).isEqualTo(3L * 43_200);
        assertThat(schedule.data().get(29).perHour()).containsOnly(180L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"days=0", "days=91", "days=x", "from=tomorrow", "from=1969-12-31", "from=%2B999999999-01-01"})
    void refusesARangeThatIsNone(String query) {
        given().urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + TestTokens.support())
                .get("/api/admin/schedule/simulate?" + query)
                .then()
                .statusCode(400);
    }

    private static void run(String date, String perSlot, int planned) {
        TestLedger.execute("INSERT INTO refresh_run (run_date, opened_at, planned, planned_per_slot) VALUES ('" + date
                + "', '" + date + "', " + planned + ", " + perSlot + ")");
    }

    private static void batch(String date, String finishedAt, int refreshed, int skipped, int failed) {
        TestLedger.execute(
                "INSERT INTO refresh_batch (started_at, finished_at, busy_micros, run_date, refreshed, skipped,"
                        + " already, failed, applied_by) VALUES ('" + finishedAt + "', '" + finishedAt + "', 1, '"
                        + date + "', "
                        + refreshed + ", " + skipped + ", 0, " + failed + ", 'worker')");
    }

    private static ValidatableResponse get(String path) {
        return given().header("Authorization", "Bearer " + TestTokens.support())
                .get(path)
                .then()
                .statusCode(200);
    }
}
