package io.creditrefresh.ledger.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.account.SubscriberFixture;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CatalogueFixture;
import io.creditrefresh.ledger.provider.FakeSubscription;
import io.creditrefresh.ledger.provider.ProviderStatus;
import io.creditrefresh.ledger.provider.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of a provider end alike in every order, as long as no account falls due between them. */
class BillingOrdersTest {

    private static final Catalogue CATALOGUE = CatalogueFixture.examples().catalogue();
    private static final Instant BOUGHT = SubscriberFixture.START.plus(Duration.ofDays(3));
    private static final Instant NOW = SubscriberFixture.START.plus(Duration.ofDays(20));
    private static final int SETS = 400;

    /** An event; without snapshots, an invoice. */
    private record Event(List<Snapshot> told) {

        static Event of(Snapshot snapshot) {
            return new Event(List.of(snapshot));
        }

        static Event invoice() {
            return new Event(List.of());
        }
    }

    @Test
    void aPurchaseWithAChangeOfMindEndsAlikeInAllOrders() {
        FakeSubscription subscription = FakeSubscription.of("sub_1", "starter", ProviderStatus.ACTIVE, BOUGHT);
        List<Event> events = List.of(
                Event.of(subscription.created()),
                Event.of(subscription.changedTo("pro", BOUGHT.plus(Duration.ofDays(2)))),
                Event.of(subscription.changedTo("starter", BOUGHT.plus(Duration.ofDays(5)))),
                Event.invoice(),
                Event.invoice(),
                Event.of(subscription.deleted(BOUGHT.plus(Duration.ofDays(9)))));
        Random random = new Random(5);

        Orders.forEach(events, order -> assertThat(end(repeated(order, random)))
                .as("%s", order)
                .isEqualTo("starter cancelled null 2026-10-25T10:00:00Z..2026-11-23T10:00:00Z 6300"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1})
    void randomEventsOfTwoSubscriptionsEndAlikeInAllOrders(long firstSeed) {
        long first = Long.getLong("seed", firstSeed);
        for (long seed = first; seed < first + SETS; seed++) {
            List<Event> events = new RandomBilling(new Random(seed), BOUGHT)
                    .events(6).stream().map(Event::of).toList();
            String expected = end(events);
            long ofThisSeed = seed;

            Orders.forEach(events, order -> {
                if (!end(order).equals(expected)) {
                    assertThat(end(order))
                            .as("-Dseed=%d: %s", ofThisSeed, order)
                            .isEqualTo(expected);
                }
            });
        }
    }

    /** Each event up to three times, at any place after its first. */
    private static List<Event> repeated(List<Event> order, Random random) {
        List<Event> deliveries = new ArrayList<>(order);
        for (Event event : order) {
            for (int again = random.nextInt(3); again > 0; again--) {
                int first = deliveries.indexOf(event);
                deliveries.add(first + 1 + random.nextInt(deliveries.size() - first), event);
            }
        }
        return deliveries;
    }

    private static String end(List<Event> order) {
        BilledUser user = new BilledUser(
                SubscriberFixture.on("free").holding(300, 0).granted(500).subscriber(), CATALOGUE);
        order.forEach(event -> user.told(event.told(), NOW));
        return user.end();
    }
}
