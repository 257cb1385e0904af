package io.creditrefresh.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.local.stack.CommandResult;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.token.Bearer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While 100,000 accounts are refreshed, spent from and changed, a verification finds nothing, because nothing is wrong. */
class VerificationUnderLoadIT {

    private static final int USERS = 100_000;
    private static final int CLIENTS = 4;
    private static final int VERIFICATIONS = 3;

    @TempDir
    Path directory;

    private Pipeline pipeline;
    private List<String> userIds;

    @Test
    void findsNothing() throws Exception {
        try (Pipeline open = new Pipeline(directory)) {
            pipeline = open;
            pipeline.importUsers(USERS);
            userIds = List.of(pipeline.query("SELECT string_agg(user_id, ' ') FROM (SELECT user_id FROM subscriber"
                            + " WHERE user_id ~ '^[a-z0-9-]+$' ORDER BY id LIMIT 20000) AS u")
                    .split(" "));
            pipeline.beginDay(720);
            pipeline.start(Service.API, Service.PLANNER, Service.worker(1), Service.worker(2));
            pipeline.awaitMiddle(USERS / 10);

            AtomicBoolean stop = new AtomicBoolean();
            ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
            List<Future<Integer>> moved = new ArrayList<>();
            int underRefreshes = 0;
            try {
                for (int i = 0; i < CLIENTS; i++) {
                    Random random = new Random(i);
                    moved.add(clients.submit(() -> move(random, stop)));
                }
                for (int i = 0; i < VERIFICATIONS; i++) {
                    assertThatNothingIsFound();
                    underRefreshes += pipeline.open() > 0 ? 1 : 0;
                }
            } finally {
                stop.set(true);
                clients.shutdown();
            }

            for (Future<Integer> client : moved) {
                assertThat(client.get()).isPositive();
            }
            assertThat(underRefreshes)
                    .as("verifications that were over before the refreshes were")
                    .isPositive();
        }
    }

    private void assertThatNothingIsFound() throws Exception {
        // At this speed of the clock an hour is five seconds.
        CommandResult command = pipeline.stack().run("verify", "credit_operator", "verify", "--overdue-after", "24h");
        assertThat(command.output()).contains("Verified 100,000 accounts: nothing found");
        assertThat(command.exitCode()).isZero();
    }

    /** Spends and changes plans for users until it is told to stop; how often. */
    private int move(Random random, AtomicBoolean stop) throws Exception {
        String api = pipeline.stack().ports().url(Service.API) + "/api/";
        Caller service = Caller.with(pipeline.stack().tokens().of(Bearer.SERVICE));
        Caller admin = Caller.with(pipeline.stack().tokens().of(Bearer.ADMIN));
        int moves = 0;
        while (!stop.get()) {
            String userId = userIds.get(random.nextInt(userIds.size()));
            Caller.Answer answer = random.nextInt(10) == 0
                    ? admin.call("POST", api + "admin/users/" + userId + "/change-plan", "{\"plan\":\"scale\"}")
                    : service.call("POST", api + "credits/consume", "{\"userId\":\"" + userId + "\",\"amount\":1}");
            assertThat(answer.status()).as(answer.body()).isIn(200, 402);
            moves++;
        }
        return moves;
    }
}
