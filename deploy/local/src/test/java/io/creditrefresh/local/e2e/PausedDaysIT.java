package io.creditrefresh.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.creditrefresh.local.day.SimulatedDay;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.stack.ServiceProcess;
import io.creditrefresh.local.token.Bearer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While refreshing is off, in each of the three ways, a day passes and nothing changes by itself; then everything does, once. */
class PausedDaysIT {

    private static final int USERS = 3_000;

    /** A simulated day in 15 seconds. */
    private static final double SPEED = 5_760;

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    private Pipeline pipeline;
    private InstantSource clock;
    private List<String> userIds;

    @BeforeEach
    void open() {
        pipeline = new Pipeline(directory);
        pipeline.importUsers(USERS);
        userIds = List.of(pipeline.query("SELECT string_agg(user_id, ' ') FROM (SELECT user_id FROM subscriber"
                        + " WHERE user_id ~ '^[a-z0-9-]+$' ORDER BY id LIMIT 1000) AS u")
                .split(" "));
        clock = pipeline.beginDay(SPEED, SimulatedDay.endOf(Pipeline.DAY.plusDays(20)));
    }

    @AfterEach
    void end() {
        pipeline.close();
    }

    @Test
    void changeNothingAndThenEverybodyIsRefreshedOnce() throws Exception {
        String before = pipeline.fingerprint();

        start(Map.of("CREDIT_REFRESH_ENABLED", "false"));
        aDayPasses();
        assertThat(pipeline.fingerprint()).as("switched off").isEqualTo(before);
        stop();

        start(Map.of("CREDIT_REFRESH_DRY_RUN", "true"));
        aDayPasses();
        assertThat(pipeline.fingerprint()).as("dry run").isEqualTo(before);
        control("pause");
        stop();

        start(Map.of());
        aDayPasses();
        assertThat(pipeline.fingerprint()).as("paused, over a restart").isEqualTo(before);

        control("resume");
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).until(() -> pipeline.refreshed() >= due());
        pipeline.assertSound();
        assertThat(pipeline.refreshed()).isEqualTo(due());
        assertThat(pipeline.count("SELECT count(*) FROM (SELECT FROM ledger_entry WHERE type = 'REFRESH'"
                        + " GROUP BY account_id HAVING count(*) > 1) AS twice"))
                .isZero();
    }

    /** All who are on the schedule: the periods of the sample end within its day. */
    private long due() {
        return pipeline.count("SELECT count(*) FROM credit_account WHERE refresh_at IS NOT NULL");
    }

    private void control(String what) throws Exception {
        Caller.Answer answer = Caller.with(pipeline.stack().tokens().of(Bearer.ADMIN))
                .call(
                        "POST",
                        pipeline.stack().ports().url(Service.API) + "/api/admin/" + what,
                        "{\"note\":\"a test\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    /** Users read their status all the while. */
    private void aDayPasses() throws Exception {
        Instant end = clock.instant().plus(Duration.ofDays(1));
        Random random = new Random(1);
        String api = pipeline.stack().ports().url(Service.API) + "/api/user/credits/";
        while (clock.instant().isBefore(end)) {
            String userId = userIds.get(random.nextInt(userIds.size()));
            Caller user = Caller.with(pipeline.stack().tokens().of(Bearer.user(userId)));
            Caller.Answer status = user.get(api + "status");
            assertThat(status.status()).as(status.body()).isEqualTo(200);
            assertThat(status.json().path("refreshPaused").asBoolean()).isTrue();
            assertThat(user.get(api + "next-refresh").status()).isEqualTo(200);
        }
    }

    private void start(Map<String, String> environment) throws InterruptedException {
        for (Service service : List.of(Service.API, Service.PLANNER, Service.worker(1))) {
            pipeline.stack().start(service, environment);
        }
        for (ServiceProcess process : pipeline.stack().running()) {
            assertThat(process.awaitReady(LIMIT)).as(process.name()).isTrue();
        }
    }

    private void stop() {
        pipeline.stack().running().forEach(ServiceProcess::stop);
    }
}
