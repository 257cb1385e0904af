package io.creditrefresh.worker.task;

import static io.creditrefresh.worker.task.TaskCalls.ENDED;
import static io.creditrefresh.worker.task.TaskCalls.PAGE;
import static io.creditrefresh.worker.task.TaskCalls.done;
import static io.creditrefresh.worker.task.TaskCalls.due;
import static io.creditrefresh.worker.task.TaskCalls.insert;
import static io.creditrefresh.worker.task.TaskCalls.once;
import static io.creditrefresh.worker.task.TaskCalls.post;
import static io.creditrefresh.worker.task.TaskCalls.refreshes;
import static io.creditrefresh.worker.task.TaskCalls.user;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.creditrefresh.edge.page.Cursor;
import io.creditrefresh.edge.token.TestTokens;
import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.worker.RealParts;
import io.creditrefresh.worker.SettableClock;
import io.creditrefresh.worker.batch.RefreshBatches;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealParts.class)
@QuarkusTestResource(TestTokens.class)
class RefreshPagesTest {

    @Inject
    SettableClock clock;

    @Inject
    RefreshBatches batches;

    @BeforeEach
    void begin() {
        RealParts.forgetAccounts();
    }

    @AfterEach
    void restore() {
        TaskCalls.liftCurse();
        clock.set(SettableClock.NOON);
    }

    @Test
    void refreshesNobodyDuringAPause() throws SQLException {
        due(2);
        RealParts.database.execute(
                "INSERT INTO control (subject, actor, since) VALUES ('refreshing', 'admin:alice', now())");

        JsonPath page = done(PAGE, "");

        assertThat(page.getBoolean("refreshPaused")).isTrue();
        assertThat(refreshes()).isEmpty();
        RealParts.database.execute("DELETE FROM control");
        assertThat(done(PAGE, "").getInt("refreshedUsers")).isEqualTo(2);
    }

    @Test
    void refreshesWhatIsDueAndSaysSoAsTheGuidesHaveIt() throws SQLException {
        List<Long> due = due(3);
        insert(user().onHold());
        insert(user().periodEnd(SettableClock.NOON.plusSeconds(1)));

        JsonPath report = done(PAGE, "");

        assertThat(refreshes()).isEqualTo(once(due));
        assertThat(List.of(
                        report.getInt("totalUsers"),
                        report.getInt("processedUsers"),
                        report.getInt("refreshedUsers"),
                        report.getInt("skippedUsers"),
                        report.getInt("failedUsers"),
                        report.getInt("batchNumber")))
                .containsExactly(3, 3, 3, 0, 0, 1);
        assertThat(report.getString("startTime")).isEqualTo("2026-11-20T12:00:00Z");
        assertThat(report.getString("endTime")).isEqualTo("2026-11-20T12:00:00Z");
        assertThat(report.getLong("duration")).isNotNegative();
        assertThat(report.getList("errors")).isEmpty();
        assertThat(report.getString("cursor")).isNull();
        assertThat(report.getBoolean("hasMore")).isFalse();
        assertThat(report.getBoolean("refreshPaused")).isFalse();
        assertThat(RealParts.database.query("SELECT applied_by FROM refresh_batch ORDER BY id DESC LIMIT 1"))
                .isEqualTo("worker");
    }

    @Test
    void getsToEveryAccountOnceWhileTheDataChangesBetweenPages() throws SQLException {
        List<Long> expected = due(10);
        insert(user().onHold());
        long comesDueMeanwhile = insert(user().periodEnd(SettableClock.NOON.plusSeconds(30)));
        expected.addAll(due(10));

        JsonPath first = done(PAGE, "{\"batchSize\": 4}");
        clock.set(SettableClock.NOON.plusSeconds(60));
        batches.apply(List.of(new RefreshJob(expected.get(15), ENDED, 0)));
        expected.addAll(due(3));
        List<Integer> numbers = new ArrayList<>(List.of(first.getInt("batchNumber")));
        int refreshed = first.getInt("refreshedUsers");
        for (JsonPath page = first; page.getBoolean("hasMore"); ) {
            page = done(PAGE, "{\"batchSize\": 4, \"cursor\": \"" + page.getString("cursor") + "\"}");
            numbers.add(page.getInt("batchNumber"));
            refreshed += page.getInt("refreshedUsers");
        }

        assertThat(refreshes()).isEqualTo(once(expected)).doesNotContain(comesDueMeanwhile + "x");
        assertThat(refreshed).isEqualTo(expected.size() - 1);
        assertThat(numbers).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void getsToEveryAccountOnceWhileOthersRefreshAndImport() throws Exception {
        long seed = Long.getLong("seed", new Random().nextLong());
        Random random = new Random(seed);
        List<Long> expected = due(200);
        List<Long> before = List.copyOf(expected);
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Void> pipeline = CompletableFuture.runAsync(() -> {
            Random shuffle = new Random(seed);
            while (!ended.get()) {
                batches.apply(shuffle.ints(20, 0, before.size())
                        .mapToObj(i -> new RefreshJob(before.get(i), ENDED, 0))
                        .toList());
            }
        });

        String body = "{\"batchSize\": 7}";
        for (boolean hasMore = true; hasMore; ) {
            JsonPath page = done(PAGE, body);
            assertThat(page.getInt("failedUsers")).as("seed %d", seed).isZero();
            hasMore = page.getBoolean("hasMore");
            body = "{\"batchSize\": 7, \"cursor\": \"" + page.getString("cursor") + "\"}";
            if (random.nextInt(5) == 0 && hasMore) {
                expected.addAll(due(1));
            }
        }
        ended.set(true);
        pipeline.get(60, TimeUnit.SECONDS);

        assertThat(refreshes()).as("seed %d", seed).isEqualTo(once(expected));
    }

    @Test
    void namesWhomItCouldNotRefreshAndGoesOn() throws SQLException {
        List<Long> due = due(3);
        TaskCalls.curse("NEW.id = " + due.get(1));

        JsonPath report = done(PAGE, "{}");
        JsonPath again = done(PAGE, "{}");

        assertThat(report.getInt("refreshedUsers")).isEqualTo(2);
        assertThat(report.getInt("failedUsers")).isEqualTo(1);
        assertThat(report.getString("errors[0].jobId")).isEqualTo(due.get(1) + "@" + ENDED);
        assertThat(report.getString("errors[0].userId")).startsWith("task-user-");
        assertThat(report.getString("errors[0].error")).isEqualTo("the account is cursed (SQLSTATE P0001)");
        assertThat(again.getInt("failedUsers")).isEqualTo(1);
        assertThat(RealParts.database.query("SELECT row(attempts, state) FROM refresh_failure"))
                .isEqualTo("(2,retrying)");
    }

    @Test
    void saysThatItCannotWhenEverythingFailsAlikeAndCountsNoAttempt() throws SQLException {
        due(25);
        TaskCalls.curse("true");

        post(PAGE, "").statusCode(503).header("Retry-After", notNullValue()).body("code", equalTo("unavailable"));

        assertThat(RealParts.database.count("SELECT count(*) FROM refresh_failure"))
                .isZero();
    }

    @Test
    void saysThatTheDatabaseIsAway() {
        RealParts.allowConnections(false);
        try {
            for (String path : new String[] {PAGE, TaskCalls.RETRIES}) {
                post(path, "")
                        .statusCode(503)
                        .header("Retry-After", notNullValue())
                        .body("code", equalTo("unavailable"));
            }
        } finally {
            RealParts.allowConnections(true);
            // The pool finds out with each of its connections that it was cut.
            await().until(() -> post(PAGE, "").extract().statusCode() == 200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "{}", "{\"cursor\": null}", "{\"batchSize\": 5000}"})
    void takesTheBodyOfAnyScheduler(String body) {
        for (String contentType :
                new String[] {"application/json", "application/x-www-form-urlencoded", "text/plain"}) {
            given().header("Authorization", "Bearer " + TestTokens.admin())
                    .header("Content-Type", contentType)
                    .body(body)
                    .post(PAGE)
                    .then()
                    .statusCode(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"batchSize\": 0}",
                "{\"batchSize\": 5001}",
                "{\"batchSize\": 1.5}",
                "{\"users\": []}",
                "null",
                "[]",
                "{",
                "{} {}"
            })
    void refusesABodyThatAsksForSomethingElse(String body) {
        post(PAGE, body).statusCode(400).body("code", equalTo("invalid_request"));
    }

    @Test
    void refusesACursorThatItHasNotMade() {
        long second = SettableClock.NOON.getEpochSecond();
        List<String> others = List.of(
                "",
                "x",
                "x".repeat(34),
                "~".repeat(34),
                new Cursor((byte) 1, 1, second, 2).encoded(),
                new Cursor((byte) 'p', -1, second, 2).encoded(),
                new Cursor((byte) 'p', 1, Long.MAX_VALUE, 2).encoded(),
                new Cursor((byte) 'p', 1, -1, 2).encoded(),
                new Cursor((byte) 'p', 1, second, 0).encoded(),
                new Cursor((byte) 'p', 1, second, Long.MAX_VALUE).encoded());

        for (String cursor : others) {
            post(PAGE, "{\"cursor\": \"" + cursor + "\"}").statusCode(400).body("code", equalTo("invalid_cursor"));
        }
        String farBehind = new Cursor((byte) 'p', Long.MAX_VALUE, second, 2).encoded();
        assertThat(done(PAGE, "{\"cursor\": \"" + farBehind + "\"}").getBoolean("hasMore"))
                .isFalse();
    }

    @Test
    void refreshesNobodyBeforeTheTimeWhateverTheCursorSays() throws SQLException {
        insert(user().periodEnd(SettableClock.NOON.plusSeconds(30)));
        long tomorrow = SettableClock.NOON.plus(Duration.ofDays(1)).getEpochSecond();

        JsonPath report = done(PAGE, "{\"cursor\": \"" + new Cursor((byte) 'p', 0, tomorrow, 2).encoded() + "\"}");

        assertThat(report.getInt("skippedUsers")).isEqualTo(1);
        assertThat(refreshes()).isEmpty();
    }

    @Test
    void isForServicesAndAdmins() {
        for (String path : new String[] {PAGE, TaskCalls.RETRIES}) {
            given().post(path).then().statusCode(401).body("code", equalTo("unauthenticated"));
            for (String token : new String[] {TestTokens.user("alice"), TestTokens.support()}) {
                given().header("Authorization", "Bearer " + token)
                        .post(path)
                        .then()
                        .statusCode(403)
                        .body("code", equalTo("forbidden"));
            }
        }
    }
}
