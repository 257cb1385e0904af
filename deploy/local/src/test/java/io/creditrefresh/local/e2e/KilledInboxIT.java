package io.creditrefresh.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.token.Bearer;
import io.creditrefresh.local.token.DevelopmentKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API dies with billing events in it: each has its effect once, after the restart at the latest. */
class KilledInboxIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int BURST = 120;

    @TempDir
    Path directory;

    private Pipeline pipeline;
    private DevelopmentKeys keys;

    @BeforeEach
    void start() throws Exception {
        pipeline = new Pipeline(directory);
        StringBuilder users = new StringBuilder("userId,email,tier,creditBalance,lastCreditRefresh,creditRefreshHold,"
                + "creditRefreshDay,customCreditAmount\n");
        for (int i = 0; i < BURST; i++) {
            users.append("buyer-").append(i).append(",,free,1000,2026-11-10T08:00:00Z,,,\n");
        }
        pipeline.importUsers(users.toString());
        // The lease of an event that died with its instance is over after three seconds.
        pipeline.beginDay(10);
        pipeline.start(Service.API);
        keys = DevelopmentKeys.readFrom(directory).orElseThrow();
    }

    @AfterEach
    void end() {
        pipeline.close();
    }

    @Test
    void appliesAnEventThatWasStoredAndNotProcessed() throws Exception {
        try (Connection busy = pipeline.stack().connect(PostgresServer.SUPERUSER)) {
            busy.setAutoCommit(false);
            busy.createStatement().execute("SELECT FROM credit_account ORDER BY id FOR UPDATE");

            assertThat(deliver("buyer-0")).isEqualTo(200);
            await().atMost(LIMIT).until(() -> pipeline.count("SELECT sum(attempts) FROM webhook_event") > 0);
            pipeline.stack().running(Service.API).orElseThrow().kill();
            assertThat(pipeline.query("SELECT state FROM webhook_event")).isEqualTo("pending");
            busy.rollback();
        }

        pipeline.start(Service.API);

        awaitAllProcessed(1);
        assertEachGrantedOnce(1);
    }

    @Test
    void appliesEachEventOfABurstOnceThoughItWasKilledInTheMiddle() throws Exception {
        Set<String> answered = ConcurrentHashMap.newKeySet();
        ExecutorService senders = Executors.newFixedThreadPool(8);
        for (int i = 0; i < BURST; i++) {
            String user = "buyer-" + i;
            senders.submit(() -> {
                if (deliver(user) == 200) {
                    answered.add(user);
                }
                return null;
            });
        }
        await().atMost(LIMIT)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> pipeline.count("SELECT count(*) FROM webhook_event WHERE state = 'processed'") >= 20);
        pipeline.stack().running(Service.API).orElseThrow().kill();
        senders.shutdown();
        assertThat(senders.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        long stored = pipeline.count("SELECT count(*) FROM webhook_event");
        assertThat(stored).isGreaterThanOrEqualTo(answered.size());

        pipeline.start(Service.API);
        // A provider delivers again what was not answered, and now and then what was.
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < BURST; i++) {
            statuses.add(deliver("buyer-" + i));
        }

        assertThat(statuses).containsOnly(200);
        awaitAllProcessed(BURST);
        assertEachGrantedOnce(BURST);
    }

    private int deliver(String user) throws IOException, InterruptedException {
        Instant now = InstantSource.system().instant();
        String body = """
                {"id": "evt-%1$s", "type": "subscription.created", "occurredAt": "2026-11-18T10:00:00Z",
                 "customerId": "customer-%1$s", "userId": "%1$s",
                 "subscription": {"id": "subscription-%1$s", "plan": "starter", "status": "active",
                   "createdAt": "2026-11-18T10:00:00Z", "periodStart": "2026-11-18T10:00:00Z",
                   "periodEnd": "2026-12-18T10:00:00Z"}}
                """.formatted(user);
        String url = pipeline.stack().ports().url(Service.API) + "/api/webhooks/billing/plain";
        return Caller.signed(keys.sign(body.getBytes(StandardCharsets.UTF_8), now))
                .call("POST", url, body)
                .status();
    }

    private void awaitAllProcessed(int events) {
        await().atMost(LIMIT)
                .until(() -> pipeline.count("SELECT count(*) FROM webhook_event WHERE state = 'processed'") == events);
    }

    private void assertEachGrantedOnce(int users) throws Exception {
        assertThat(pipeline.query("SELECT count(*) || ' ' || count(DISTINCT account_id) || ' ' || sum(granted) FROM"
                        + " ledger_entry WHERE type = 'UPGRADE'"))
                .isEqualTo("%d %d %d".formatted(users, users, users * 5_000L));
        assertThat(pipeline.count("SELECT count(*) FROM webhook_event")).isEqualTo(users);
        assertThat(Caller.with(pipeline.stack().tokens().of(Bearer.ADMIN))
                        .call(
                                "POST",
                                pipeline.stack().ports().url(Service.API) + "/api/admin/webhooks/replay",
                                "{\"since\":\"2026-01-01T00:00:00Z\",\"states\":[\"processed\"]}")
                        .status())
                .isEqualTo(200);
        awaitAllProcessed(users);
        assertThat(pipeline.count("SELECT count(*) FROM ledger_entry WHERE type = 'UPGRADE'"))
                .isEqualTo(users);
        pipeline.assertSound();
    }
}
