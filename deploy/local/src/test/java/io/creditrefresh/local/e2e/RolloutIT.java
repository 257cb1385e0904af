package io.creditrefresh.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.token.Bearer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Users are moved to Credits v2 and back while they spend and are refreshed, by percentage and by the variable of a start:
 * both views agree, and nobody gains or loses a credit.
 */
class RolloutIT {

    private static final int USERS = 2_000;
    private static final int SPENDERS = 4;

    /** Spends between one step of the rollout and the next. */
    private static final int SPENDS = 400;

    /** A simulated day in 30 seconds. */
    private static final double SPEED = 2_880;

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    private Pipeline pipeline;
    private List<String> userIds;

    @Test
    void movesUsersThereAndBackUnderLoad() throws Exception {
        try (Pipeline open = new Pipeline(directory)) {
            pipeline = open;
            pipeline.importUsers(USERS);
            userIds = List.of(pipeline.query("SELECT string_agg(user_id, ' ') FROM (SELECT user_id FROM subscriber"
                            + " WHERE user_id ~ '^[a-z0-9-]+$' ORDER BY id LIMIT 300) AS u")
                    .split(" "));
            // So that refreshes go by their user's view, and a change of the rollout waits for batches.
            pipeline.query("UPDATE plan_allowance SET rollover_cap = 50 RETURNING plan_code");
            pipeline.beginDay(SPEED);
            pipeline.start(Service.API, Service.PLANNER, Service.worker(1), Service.worker(2));

            Map<String, Long> charged = new TreeMap<>();
            try (Spenders spenders = new Spenders(SPENDERS, pipeline.stack(), userIds)) {
                for (int percentage : new int[] {0, 10, 100, 0, 100}) {
                    changeRollout("{\"percentage\":" + percentage + "}");
                    long before = spenders.spends();
                    await().atMost(LIMIT).until(() -> spenders.spends() >= before + SPENDS);
                }
                for (Future<Map<String, Long>> spender : spenders.stop()) {
                    charged.putAll(spender.get());
                }
            }
            pipeline.awaitEndOfWork();

            assertThat(chargedByTheLedger()).isEqualTo(charged);
            assertThatNothingIsFound();
            assertThatTheVariableSwitchesOffAndBackOn();
            assertThatNothingIsFound();
        }
    }

    private void assertThatTheVariableSwitchesOffAndBackOn() throws Exception {
        List<JsonNode> before = statuses();
        String accounts = pipeline.fingerprint();
        assertThat(before).noneMatch(RolloutIT::isFallback);

        restartApi(Map.of("ENABLE_CREDITS_V2", "false"));
        assertThat(statuses()).allMatch(RolloutIT::isFallback);

        restartApi(Map.of());
        assertThat(statuses()).isEqualTo(before);
        assertThat(pipeline.fingerprint()).isEqualTo(accounts);
    }

    private void assertThatNothingIsFound() throws Exception {
        pipeline.assertSound();
        Caller admin = Caller.with(pipeline.stack().tokens().of(Bearer.ADMIN));
        Caller.Answer verification = admin.call("POST", api("admin/credits/verification"), "");
        assertThat(verification.status()).as(verification.body()).isEqualTo(200);
        assertThat(verification.json().path("findings")).as(verification.body()).isEmpty();
        Caller.Answer report = admin.get(api("admin/rollout/report"));
        assertThat(report.status()).as(report.body()).isEqualTo(200);
        assertThat(report.json().path("data")).as(report.body()).isNotEmpty().allSatisfy(day -> assertThat(
                        day.path("variance").asLong(-1))
                .isZero());
    }

    /** Credits that the ledger has for each key of a spend, which one unit of each kind costs one of. */
    private Map<String, Long> chargedByTheLedger() {
        Map<String, Long> charged = new TreeMap<>();
        pipeline.query("SELECT string_agg(key || '=' || credits, ' ') FROM (SELECT idempotency_key AS key,"
                        + " sum(-amount) AS credits FROM ledger_entry WHERE type = 'CONSUME' GROUP BY 1) AS spends")
                .transform(all -> List.of(all.split(" ")))
                .forEach(each -> charged.put(
                        each.substring("consume:".length(), each.indexOf('=')),
                        Long.parseLong(each.substring(each.indexOf('=') + 1))));
        return charged;
    }

    private void changeRollout(String body) throws Exception {
        Caller.Answer answer =
                Caller.with(pipeline.stack().tokens().of(Bearer.ADMIN)).call("PUT", api("admin/rollout"), body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private void restartApi(Map<String, String> environment) throws InterruptedException {
        pipeline.stack().running(Service.API).orElseThrow().stop();
        pipeline.stack().start(Service.API, environment);
        assertThat(pipeline.stack().running(Service.API).orElseThrow().awaitReady(LIMIT))
                .isTrue();
    }

    /** Of some users, but for the time at which they were asked. */
    private List<JsonNode> statuses() throws Exception {
        List<JsonNode> statuses = new ArrayList<>();
        for (String userId : userIds.subList(0, 50)) {
            Caller.Answer answer = Caller.with(pipeline.stack().tokens().of(Bearer.user(userId)))
                    .get(api("user/credits/status"));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            statuses.add(((ObjectNode) answer.json()).without("asOf"));
        }
        return statuses;
    }

    private static boolean isFallback(JsonNode status) {
        return status.path("fallback").asBoolean();
    }

    private String api(String path) {
        return pipeline.stack().ports().url(Service.API) + "/api/" + path;
    }
}
