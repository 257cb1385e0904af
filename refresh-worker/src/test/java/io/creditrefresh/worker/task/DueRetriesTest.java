package io.creditrefresh.worker.task;

import static io.creditrefresh.worker.task.TaskCalls.ENDED;
import static io.creditrefresh.worker.task.TaskCalls.RETRIES;
import static io.creditrefresh.worker.task.TaskCalls.done;
import static io.creditrefresh.worker.task.TaskCalls.due;
import static io.creditrefresh.worker.task.TaskCalls.fail;
import static io.creditrefresh.worker.task.TaskCalls.once;
import static io.creditrefresh.worker.task.TaskCalls.post;
import static io.creditrefresh.worker.task.TaskCalls.refreshes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealParts.class)
@QuarkusTestResource(TestTokens.class)
class DueRetriesTest {

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
    void triesAgainWhatHasComeDueAndNothingElse() throws SQLException {
        List<Long> accounts = due(4);
        fail(accounts.get(0), 1, "retrying", SettableClock.NOON);
        fail(accounts.get(1), 4, "exhausted", SettableClock.NOON.minusSeconds(1));
        fail(accounts.get(2), 1, "retrying", SettableClock.NOON.plusSeconds(1));

        JsonPath report = done(RETRIES, "{\"maxJobs\": 20, \"processTime\": 60000}");

        assertThat(refreshes()).isEqualTo(once(accounts.subList(0, 2)));
        assertThat(RealParts.database.query("SELECT array_agg(account_id) FROM refresh_failure"))
                .isEqualTo("{" + accounts.get(2) + "}");
        assertThat(counts(report)).containsExactly(2, 2, 0, 0);
        assertThat(report.getBoolean("hasMore")).isFalse();
        assertThat(report.getBoolean("refreshPaused")).isFalse();
        assertThat(report.getString("startTime")).isEqualTo("2026-11-20T12:00:00Z");
        assertThat(report.getLong("duration")).isNotNegative();
    }

    @Test
    void stopsAtItsLimitAndSaysThatThereIsMore() throws SQLException {
        due(12).forEach(account -> fail(account, 1, "retrying", SettableClock.NOON));

        JsonPath first = done(RETRIES, "");
        JsonPath second = done(RETRIES, "{\"maxJobs\": 1}");
        JsonPath third = done(RETRIES, "{\"processTime\": 1}");

        assertThat(counts(first)).containsExactly(10, 10, 0, 0);
        assertThat(first.getBoolean("hasMore")).isTrue();
        assertThat(counts(second)).containsExactly(1, 1, 0, 0);
        assertThat(second.getBoolean("hasMore")).isTrue();
        assertThat(counts(third)).containsExactly(1, 1, 0, 0);
        assertThat(third.getBoolean("hasMore")).isFalse();
    }

    @Test
    void goesOnBehindTheFirstHundred() throws SQLException {
        List<Long> accounts = due(230);
        accounts.forEach(account -> fail(account, 1, "retrying", SettableClock.NOON));

        JsonPath report = done(RETRIES, "{\"maxJobs\": 225}");

        assertThat(counts(report)).containsExactly(225, 225, 0, 0);
        assertThat(report.getBoolean("hasMore")).isTrue();
    }

    @Test
    void countsOneAttemptHoweverManyCallAtOnceAndTheJobOfThePlannerComesToo() throws Exception {
        List<Long> accounts = due(30);
        accounts.forEach(account -> fail(account, 1, "retrying", SettableClock.NOON));
        TaskCalls.curse("NEW.id % 2 = 0");
        List<Long> cursed = accounts.stream().filter(id -> id % 2 == 0).toList();

        List<CompletableFuture<?>> calls = IntStream.range(0, 6)
                .<CompletableFuture<?>>mapToObj(
                        i -> CompletableFuture.supplyAsync(() -> done(RETRIES, "{\"maxJobs\": 7}")))
                .toList();
        for (Long account : accounts) {
            batches.apply(List.of(new RefreshJob(account, ENDED, 1)));
        }
        CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get();

        assertThat(RealParts.database.query(
                        "SELECT row(count(*), min(attempts), max(attempts), min(state)) FROM refresh_failure"))
                .isEqualTo("(" + cursed.size() + ",2,2,retrying)");
        assertThat(refreshes())
                .isEqualTo(once(accounts.stream().filter(id -> id % 2 != 0).toList()));
    }

    @Test
    void isExhaustedByItsThirdFailedRetryAndSaysWhatWasWrong() throws SQLException {
        long account = due(1).get(0);
        fail(account, 3, "retrying", SettableClock.NOON);
        TaskCalls.curse("true");

        JsonPath report = done(RETRIES, "{}");
        JsonPath again = done(RETRIES, "{}");

        assertThat(counts(report)).containsExactly(1, 0, 1, 0);
        assertThat(report.getString("errors[0].jobId")).isEqualTo(account + "@" + ENDED);
        assertThat(report.getString("errors[0].error")).isEqualTo("the account is cursed (SQLSTATE P0001)");
        assertThat(counts(again)).containsExactly(0, 0, 0, 0);
        assertThat(RealParts.database.query("SELECT row(attempts, state) FROM refresh_failure"))
                .isEqualTo("(4,exhausted)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"maxJobs\": 0}",
                "{\"maxJobs\": 5001}",
                "{\"processTime\": 0}",
                "{\"processTime\": 300001}",
                "{\"maxjobs\": 1}",
                "[]"
            })
    void refusesABodyThatAsksForSomethingElse(String body) {
        post(RETRIES, body).statusCode(400).body("code", equalTo("invalid_request"));
    }

    private static List<Integer> counts(JsonPath report) {
        return List.of(
                report.getInt("processedJobs"),
                report.getInt("completedJobs"),
                report.getInt("failedJobs"),
                report.getInt("skippedJobs"));
    }
}
