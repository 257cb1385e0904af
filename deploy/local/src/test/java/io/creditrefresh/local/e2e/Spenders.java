package io.creditrefresh.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.local.stack.LocalStack;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.token.Bearer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Products that spend units for users, repeat spends, give some back, and know what they were charged. */
final class Spenders implements AutoCloseable {

    private static final String[] KINDS = {"analysis", "roast", "analysis", "credits"};

    private final String api;
    private final Caller service;
    private final List<String> userIds;
    private final ExecutorService threads;
    private final List<Future<Map<String, Long>>> running = new ArrayList<>();
    private final AtomicBoolean isStopping = new AtomicBoolean();
    private final AtomicLong spends = new AtomicLong();

    Spenders(int count, LocalStack stack, List<String> userIds) {
        this.api = stack.ports().url(Service.API) + "/api/credits/";
        this.service = Caller.with(stack.tokens().of(Bearer.SERVICE));
        this.userIds = userIds;
        this.threads = Executors.newFixedThreadPool(count);
        for (int i = 0; i < count; i++) {
            int number = i;
            running.add(threads.submit(() -> spend(number)));
        }
    }

    /** So far; fails if one of them has ended before it was told to. */
    long spends() {
        assertThat(running).as("spenders at work").noneMatch(Future::isDone);
        return spends.get();
    }

    /** Has them end; each tells the credits that it was charged, by the key of the spend. */
    List<Future<Map<String, Long>>> stop() {
        isStopping.set(true);
        return running;
    }

    /** A spend as it is sent, any number of times. */
    private record Spend(String userId, String key, String kind, long amount) {

        String body() {
            return "{\"userId\":\"%s\",\"kind\":\"%s\",\"amount\":%d}".formatted(userId, kind, amount);
        }
    }

    private Map<String, Long> spend(int number) throws Exception {
        Random random = new Random(number);
        Map<String, Long> charged = new TreeMap<>();
        List<Spend> done = new ArrayList<>();
        while (!isStopping.get()) {
            Spend spend = new Spend(
                    userIds.get(random.nextInt(userIds.size())),
                    "spender-" + number + "-" + spends.incrementAndGet(),
                    KINDS[random.nextInt(KINDS.length)],
                    1 + random.nextInt(9));
            Caller.Answer answer = service.call("POST", api + "consume", spend.body(), spend.key());
            // Not enough, or nothing to be had from the single pool with Credits v2 on.
            assertThat(answer.status()).as(answer.body()).isIn(200, 402, 409);
            if (answer.status() == 200) {
                charged.put(spend.key(), spend.amount());
                done.add(spend);
            }
            if (!done.isEmpty() && random.nextInt(4) == 0) {
                repeat(done.get(random.nextInt(done.size())));
            }
            if (!done.isEmpty() && random.nextInt(8) == 0) {
                giveBack(done.get(random.nextInt(done.size())));
            }
        }
        return charged;
    }

    private void repeat(Spend spend) throws Exception {
        assertThat(service.call("POST", api + "consume", spend.body(), spend.key())
                        .status())
                .isEqualTo(200);
    }

    private void giveBack(Spend spend) throws Exception {
        String body = "{\"userId\":\"%s\",\"idempotencyKey\":\"%s\"}".formatted(spend.userId(), spend.key());
        // A second time it is refused.
        assertThat(service.call("POST", api + "refund", body).status()).isIn(200, 409);
    }

    @Override
    public void close() {
        isStopping.set(true);
        threads.shutdown();
    }
}
