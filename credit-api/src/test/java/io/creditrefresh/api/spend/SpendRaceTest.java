package io.creditrefresh.api.spend;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.api.RealPostgres;
import io.creditrefresh.api.TestLedger;
import io.creditrefresh.api.Writing;
import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestTokens.class)
class SpendRaceTest {

    private static final int CLIENTS = 64;
    private static final int SPENDS_EACH = 25;
    private static final long CREDITS = 1_000;
    private static final Instant TOMORROW = Instant.parse("2026-11-21T10:00:00Z");

    /** What one client was answered: status and body by key; a repetition must be answered alike. */
    private record Client(long seed, String token, Map<String, String> spent) implements Callable<Integer> {

        @Override
        public Integer call() {
            Random random = new Random(seed);
            int contradictions = 0;
            for (int i = 0; i < SPENDS_EACH; i++) {
                // Few keys for many spends: most are repeated, by this client and by others at the same time.
                int spend = random.nextInt(400);
                var answer = Writing.as(token)
                        .under("race-" + spend)
                        .post("/api/credits/consume", "{'amount': " + (1 + spend % 7) + "}")
                        .extract();
                String earlier = spent.get("race-" + spend);
                if (answer.statusCode() == 200) {
                    String body = answer.asString();
                    earlier = spent.putIfAbsent("race-" + spend, body);
                    contradictions += earlier == null || earlier.equals(body) ? 0 : 1;
                } else {
                    contradictions += answer.statusCode() == 402 && earlier == null ? 0 : 1;
                }
            }
            return contradictions;
        }
    }

    @Test
    void spendsNoMoreThanThereIsAndAnswersEachKeyOnce() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        long id = TestLedger.insert(user("race").holding(CREDITS - 100, 100).periodEnd(TOMORROW));
        Map<String, String> spent = new ConcurrentHashMap<>();
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(seed + i, TestTokens.user("race"), spent));
        }

        long contradictions = 0;
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try {
            for (Future<Integer> answered : threads.invokeAll(clients)) {
                contradictions += answered.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(contradictions).as("-Dseed=%d", seed).isZero();
        assertThat(TestLedger.query("SELECT string_agg(substr(idempotency_key, 9), ',' ORDER BY idempotency_key"
                        + " COLLATE \"C\") FROM ledger_entry WHERE type = 'CONSUME' AND account_id = " + id))
                .as("every answer of success has its entry, every entry its answer; -Dseed=%d", seed)
                .isEqualTo(spent.keySet().stream()
                        .sorted()
                        .reduce((a, b) -> a + "," + b)
                        .orElseThrow());
        long left = Long.parseLong(TestLedger.query("SELECT allowance + bonus FROM credit_account WHERE id = " + id));
        assertThat(left).as("-Dseed=%d", seed).isBetween(0L, 6L);
        assertThat(TestLedger.query(
                        "SELECT -sum(amount) FROM ledger_entry WHERE type = 'CONSUME' AND account_id = " + id))
                .isEqualTo(String.valueOf(CREDITS - left));
    }
}
