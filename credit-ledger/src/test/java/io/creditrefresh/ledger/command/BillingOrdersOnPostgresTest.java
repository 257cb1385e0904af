package io.creditrefresh.ledger.command;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.billing.RandomBilling;
import io.creditrefresh.ledger.provider.Snapshot;
import io.creditrefresh.ledger.provider.SubscriptionKey;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A sample of what BillingOrdersTest proves of the rules, as the database keeps it between two events. */
class BillingOrdersOnPostgresTest {

    private static final Instant BOUGHT = Instant.parse("2026-10-21T10:00:00Z");
    private static final int SETS = 25;

    private final BillingScene scene = new BillingScene();

    @AfterEach
    void close() throws SQLException {
        scene.close();
    }

    @Test
    void randomEventsEndAlikeInSeveralOrders() throws SQLException {
        long first = Long.getLong("seed", 1);
        for (long seed = first; seed < first + SETS; seed++) {
            Random random = new Random(seed);
            List<Snapshot> events = new ArrayList<>(new RandomBilling(random, BOUGHT).events(6));
            String expected = end("user-" + seed + "-0", events);
            for (int order = 1; order < 4; order++) {
                Collections.shuffle(events, random);

                assertThat(end("user-" + seed + "-" + order, events))
                        .as("-Dseed=%d: %s", seed, events)
                        .isEqualTo(expected);
            }
        }
        assertThat(scene.audit()).isEmpty();
    }

    /** Subscriptions and events of a user of their own. */
    private String end(String userId, List<Snapshot> events) throws SQLException {
        scene.ledger.open(user(userId).holding(500, 0));
        scene.ledger.now = BOUGHT.plus(Duration.ofDays(17));
        for (Snapshot event : events) {
            scene.told(userId, ofUser(userId, event));
        }
        return scene.end(userId);
    }

    private static Snapshot ofUser(String userId, Snapshot event) {
        return new Snapshot(
                new SubscriptionKey(
                        event.subscription().provider(), event.subscription().id() + userId),
                event.eventId() + userId,
                event.kind(),
                event.at(),
                event.createdAt(),
                event.terms(),
                event.previous());
    }
}
