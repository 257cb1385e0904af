package io.creditrefresh.worker.task;

import static io.creditrefresh.worker.task.TaskCalls.PAGE;
import static io.creditrefresh.worker.task.TaskCalls.RETRIES;
import static io.creditrefresh.worker.task.TaskCalls.done;
import static io.creditrefresh.worker.task.TaskCalls.due;
import static io.creditrefresh.worker.task.TaskCalls.fail;
import static io.creditrefresh.worker.task.TaskCalls.refreshes;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.creditrefresh.edge.page.Cursor;
import io.creditrefresh.edge.token.TestTokens;
import io.creditrefresh.worker.RealParts;
import io.creditrefresh.worker.SettableClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import java.net.URL;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With refreshing switched off, a call refreshes nobody, and says so. */
@QuarkusTest
@QuarkusTestResource(RealParts.class)
@QuarkusTestResource(TestTokens.class)
@TestProfile(PausedTasksTest.DryRun.class)
class PausedTasksTest {

    @TestHTTPResource(value = "/", management = true)
    URL management;

    @Test
    void refreshesNobodyAndKeepsThePlaceInTheList() throws SQLException {
        RealParts.forgetAccounts();
        due(2);
        String cursor = new Cursor((byte) 'p', 0, SettableClock.NOON.getEpochSecond(), 7).encoded();

        JsonPath page = done(PAGE, "{\"cursor\": \"" + cursor + "\"}");

        assertThat(page.getBoolean("refreshPaused")).isTrue();
        assertThat(page.getInt("processedUsers")).isZero();
        assertThat(page.getInt("batchNumber")).isEqualTo(7);
        assertThat(page.getString("cursor")).isEqualTo(cursor);
        assertThat(page.getBoolean("hasMore")).isFalse();
        assertThat(refreshes()).isEmpty();
    }

    @Test
    void takesNoRetry() throws SQLException {
        RealParts.forgetAccounts();
        fail(due(1).get(0), 1, "retrying", SettableClock.NOON);

        JsonPath report = done(RETRIES, "");

        assertThat(report.getBoolean("refreshPaused")).isTrue();
        assertThat(report.getInt("processedJobs")).isZero();
        assertThat(report.getBoolean("hasMore")).isFalse();
        assertThat(refreshes()).isEmpty();
        assertThat(RealParts.database.count(
                        "SELECT count(*) FROM refresh_failure WHERE next_attempt_at = '2026-11-20T12:00:00Z'"))
                .isEqualTo(1);
    }

    @Test
    void isToldInHealthAndMetrics() {
        given().get(management + "health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'refreshing' }.data.paused", is(true));
        assertThat(given().get(management + "metrics").asString()).contains("credit_refresh_paused 1.0");
    }

    public static final class DryRun implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("credit.refresh.dry-run", "true");
        }
    }
}
