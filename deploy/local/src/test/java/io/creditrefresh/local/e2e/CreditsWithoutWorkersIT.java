package io.creditrefresh.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditrefresh.local.day.SimulatedDay;
import io.creditrefresh.local.e2e.Caller.Answer;
import io.creditrefresh.local.stack.DayClock;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.token.Bearer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka, planner and workers have been down for a day: users have their new credits all the same, and once. */
class CreditsWithoutWorkersIT {

    private static final String HELD = "held";

    /** The planner ticks every second. */
    private static final double SPEED = 60;

    private static final String NEW_PERIOD = "2026-11-18T10:00:00Z - 2026-12-18T10:00:00Z";

    /** What each user who is not held has once the period that ended on the day before is refreshed. */
    private static final Map<String, Credits> REFRESHED = Map.of(
            "plain", new Credits(1_000, 0, 1_000, NEW_PERIOD, 400, 0),
            "saver", new Credits(5_000, 2_000, 5_000, NEW_PERIOD, 5_000, 0),
            "custom", new Credits(2_500, 0, 2_500, NEW_PERIOD, 100, 0),
            "long-gone", new Credits(1_000, 0, 1_000, NEW_PERIOD, 30, 2),
            "cancelled", new Credits(1_000, 0, 1_000, NEW_PERIOD, 50_000, 0));

    @TempDir
    Path directory;

    private Pipeline pipeline;

    /**
     * What a user has, and what the refresh that gave it did.
     *
     * @param lapsed credits that were lost
     */
    private record Credits(long allowance, long bonus, long limit, String period, long lapsed, int skippedPeriods) {}

    @BeforeEach
    void prepare() throws Exception {
        pipeline = new Pipeline(directory);
        pipeline.importUsers("""
                userId,email,tier,creditBalance,lastCreditRefresh,creditRefreshHold,creditRefreshDay,customCreditAmount
                plain,,free,400,2026-10-19T10:00:00Z,,,
                saver,,starter,7000,2026-10-19T10:00:00Z,,,
                custom,,pro,100,2026-10-19T10:00:00Z,,,2500
                long-gone,,free,30,2026-08-20T10:00:00Z,,,
                cancelled,,scale,50000,2026-10-19T10:00:00Z,,,
                held,,pro,300,2026-10-19T10:00:00Z,true,,
                """);
        pipeline.change(
                "subscriber_id = (SELECT id FROM subscriber WHERE user_id = 'cancelled')",
                "billing_state = 'cancelled'",
                "billing_state = 'cancelled'");
        pipeline.stack().kafka().stop();
        pipeline.stack()
                .useClock(DayClock.dayFrom(
                        SimulatedDay.endOf(Pipeline.DAY), Clock.systemUTC().instant(), SPEED));
    }

    @AfterEach
    void end() {
        pipeline.close();
    }

    @Test
    void showsWhatTheWorkersWillWrite() throws Exception {
        pipeline.start(Service.API);
        String written = pipeline.fingerprint();
        Map<String, JsonNode> balances = balances();
        for (var expected : REFRESHED.entrySet()) {
            assertHas(expected.getKey(), expected.getValue(), false);
            assertThat(history(expected.getKey())).isEmpty();
        }
        assertIsHeld();
        assertThat(pipeline.fingerprint()).as("accounts and entries").isEqualTo(written);

        pipeline.stack().kafka().start();
        pipeline.start(Service.PLANNER, Service.worker(1));
        pipeline.awaitEndOfWork();

        assertThat(balances()).isEqualTo(balances);
        for (var expected : REFRESHED.entrySet()) {
            assertHas(expected.getKey(), expected.getValue(), true);
            assertIsInTheHistory(expected.getKey(), expected.getValue());
        }
        assertIsHeld();
        pipeline.assertSound();
        assertThat(pipeline.refreshed()).isEqualTo(REFRESHED.size());
    }

    private void assertHas(String user, Credits credits, boolean recorded) throws Exception {
        JsonNode balance = only(ask(user, "status"), "balances");
        assertThat(balance.path("allowance").asLong()).as(user).isEqualTo(credits.allowance);
        assertThat(balance.path("bonus").asLong()).as(user).isEqualTo(credits.bonus);
        assertThat(balance.path("balance").asLong()).as(user).isEqualTo(credits.allowance + credits.bonus);
        assertThat(balance.path("limit").asLong()).as(user).isEqualTo(credits.limit);
        assertThat(period(balance)).as(user).isEqualTo(credits.period);
        JsonNode next = only(ask(user, "next-refresh"), "refreshes");
        assertThat(next.path("at")).as(user).isEqualTo(balance.path("period").path("end"));
        assertThat(next.path("hold").isNull()).as(user).isTrue();
        JsonNode last = next.path("last");
        assertThat(last.path("recorded").asBoolean()).as(user).isEqualTo(recorded);
        assertThat(last.path("amount").asLong()).as(user).isEqualTo(credits.limit);
        assertThat(last.path("lapsed").asLong()).as(user).isEqualTo(credits.lapsed);
    }

    private void assertIsInTheHistory(String user, Credits credits) throws Exception {
        assertThat(history(user)).as(user).hasSize(1);
        JsonNode entry = history(user).get(0);
        assertThat(entry.path("type").asText()).isEqualTo("REFRESH");
        assertThat(entry.path("newBalance").asLong()).as(user).isEqualTo(credits.allowance + credits.bonus);
        assertThat(entry.path("granted").asLong()).as(user).isEqualTo(credits.limit);
        assertThat(entry.path("lapsed").asLong()).as(user).isEqualTo(credits.lapsed);
        assertThat(entry.path("skippedPeriods").asInt()).as(user).isEqualTo(credits.skippedPeriods);
    }

    private void assertIsHeld() throws Exception {
        JsonNode balance = only(ask(HELD, "status"), "balances");
        assertThat(balance.path("balance").asLong()).isEqualTo(300);
        assertThat(period(balance)).isEqualTo("2026-10-19T10:00:00Z - 2026-11-18T10:00:00Z");
        JsonNode next = ask(HELD, "next-refresh");
        assertThat(next.path("nextRefreshAt").isNull()).isTrue();
        assertThat(only(next, "refreshes").path("hold").asText()).isEqualTo("on_hold");
        assertThat(only(next, "refreshes").path("last").isNull()).isTrue();
        assertThat(history(HELD)).isEmpty();
    }

    private Map<String, JsonNode> balances() throws Exception {
        Map<String, JsonNode> balances = new HashMap<>();
        for (String user : REFRESHED.keySet()) {
            balances.put(user, ask(user, "status").path("balances"));
        }
        return balances;
    }

    private List<JsonNode> history(String user) throws Exception {
        JsonNode history = ask(user, "refresh-history");
        assertThat(history.path("hasMore").asBoolean()).isFalse();
        return history.path("data").valueStream().toList();
    }

    private JsonNode ask(String user, String what) throws Exception {
        String url = pipeline.stack().ports().url(Service.API) + "/api/user/credits/" + what;
        Answer answer =
                Caller.with(pipeline.stack().tokens().of(Bearer.user(user))).get(url);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode only(JsonNode answer, String list) {
        assertThat(answer.path(list)).as(list).hasSize(1);
        return answer.path(list).get(0);
    }

    private static String period(JsonNode balance) {
        JsonNode period = balance.path("period");
        return period.path("start").asText() + " - " + period.path("end").asText();
    }
}
