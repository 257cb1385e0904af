package io.creditrefresh.ledger.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.provider.FakeSubscription;
import io.creditrefresh.ledger.provider.ProviderStatus;
import io.creditrefresh.ledger.provider.Snapshot;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A year at a provider whose months are not ours, with events that come late, again and in another order. */
class BillingYearTest {

    private static final Instant BOUGHT = Instant.parse("2026-01-31T09:30:00Z");
    private static final Duration STEP = Duration.ofHours(6);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final int SEEDS = 6;

    private final BillingScene scene = new BillingScene();

    @AfterEach
    void close() throws SQLException {
        scene.close();
    }

    /** Something that is delivered. */
    private interface Delivery {
        void arrive() throws SQLException;
    }

    @ParameterizedTest
    @CsvSource({"false, 1", "true, 1"})
    void hasOneRefreshPerPeriodOfOurs(boolean isAnnual, long firstSeed) throws Exception {
        ExecutorService racers = Executors.newFixedThreadPool(4);
        try {
            for (long seed : LongStream.range(0, SEEDS)
                    .map(i -> Long.getLong("seed", firstSeed) + i)
                    .toArray()) {
                String user = "user-" + seed;
                scene.ledger.now = BOUGHT.minus(Duration.ofDays(2));
                scene.provisioned(user, "free");

                live(user, events(user, isAnnual, new Random(seed)), racers);

                assertThat(granted(user, "REFRESH")).as("-Dseed=%d", seed).isIn("12 240000", "13 260000");
                assertThat(granted(user, "UPGRADE")).as("-Dseed=%d", seed).isEqualTo("1 20000");
                assertThat(gaps(user))
                        .as("periods that do not follow each other")
                        .isEqualTo("0");
            }
        } finally {
            racers.shutdownNow();
        }
        assertThat(scene.audit()).isEmpty();
    }

    /** What arrives in each step of the year: most at once, some much later, some twice. */
    private Map<Instant, List<Delivery>> events(String user, boolean isAnnual, Random random) {
        FakeSubscription subscription = isAnnual
                ? FakeSubscription.annual("sub_" + user, "pro", ProviderStatus.INCOMPLETE, BOUGHT)
                : FakeSubscription.of("sub_" + user, "pro", ProviderStatus.INCOMPLETE, BOUGHT);
        Map<Instant, List<Delivery>> arrivals = new TreeMap<>();
        send(arrivals, random, BOUGHT, told(user, subscription.created()));
        send(
                arrivals,
                random,
                BOUGHT.plusSeconds(4),
                told(user, subscription.changedTo(ProviderStatus.ACTIVE, BOUGHT.plusSeconds(4))));
        send(arrivals, random, BOUGHT.plusSeconds(5), () -> scene.paid(user));
        while (subscription.terms().periodEnd().isBefore(BOUGHT.plus(YEAR))) {
            Instant renewal = subscription.terms().periodEnd();
            send(arrivals, random, renewal, told(user, subscription.renewed(renewal)));
            send(arrivals, random, renewal.plusSeconds(3_600), () -> scene.paid(user));
        }
        return arrivals;
    }

    private Delivery told(String user, Snapshot snapshot) {
        return () -> scene.told(user, snapshot);
    }

    private static void send(Map<Instant, List<Delivery>> arrivals, Random random, Instant at, Delivery delivery) {
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            Duration late =
                    switch (random.nextInt(6)) {
                        case 0 -> Duration.ofHours(random.nextInt(72));
                        case 1 -> Duration.ofDays(random.nextInt(12));
                        default -> Duration.ZERO;
                    };
            arrivals.computeIfAbsent(step(at.plus(late)), step -> new ArrayList<>())
                    .add(delivery);
        }
    }

    /** The next look of everybody. */
    private static Instant step(Instant at) {
        long steps = Duration.between(BOUGHT, at).plus(STEP).minusSeconds(1).dividedBy(STEP);
        return BOUGHT.plus(STEP.multipliedBy(steps));
    }

    /** In each step in which something arrives or is due, a worker and all that arrives race each other. */
    private void live(String user, Map<Instant, List<Delivery>> arrivals, ExecutorService racers) throws Exception {
        Instant due = due(user);
        for (Instant now = BOUGHT; !now.isAfter(BOUGHT.plus(YEAR)); now = now.plus(STEP)) {
            if (!arrivals.containsKey(now) && due.isAfter(now)) {
                continue;
            }
            scene.ledger.now = now;
            List<Future<?>> racing = new ArrayList<>();
            racing.add(racers.submit(() -> {
                scene.worked(user);
                return null;
            }));
            for (Delivery delivery : arrivals.getOrDefault(now, List.of())) {
                racing.add(racers.submit(() -> {
                    delivery.arrive();
                    return null;
                }));
            }
            for (Future<?> racer : racing) {
                racer.get();
            }
            due = due(user);
        }
    }

    private Instant due(String user) {
        return Instant.parse(scene.ledger.database.query("SELECT to_char(period_end AT TIME ZONE 'UTC',"
                + " 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM credit_account a JOIN subscriber s ON s.id = a.subscriber_id"
                + " WHERE user_id = '" + user + "'"));
    }

    private String granted(String user, String type) {
        return scene.ledger.database.query(
                "SELECT count(*) || ' ' || coalesce(sum(granted), 0) FROM ledger_entry e JOIN"
                        + " credit_account a ON a.id = e.account_id JOIN subscriber s ON s.id = a.subscriber_id WHERE type = '"
                        + type + "' AND user_id = '" + user + "'");
    }

    private String gaps(String user) {
        return scene.ledger.database.query(
                "SELECT count(*) FROM (SELECT e.period_start - lag(e.period_start) OVER (ORDER"
                        + " BY e.seq) AS length FROM ledger_entry e JOIN credit_account a ON a.id = e.account_id JOIN subscriber s"
                        + " ON s.id = a.subscriber_id WHERE type = 'REFRESH' AND user_id = '" + user
                        + "') p WHERE length NOT"
                        + " BETWEEN interval '27 days' AND interval '35 days'");
    }
}
