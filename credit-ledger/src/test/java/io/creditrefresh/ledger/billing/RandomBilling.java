package io.creditrefresh.ledger.billing;

import io.creditrefresh.ledger.provider.FakeSubscription;
import io.creditrefresh.ledger.provider.ProviderStatus;
import io.creditrefresh.ledger.provider.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What may happen at a provider to two subscriptions of one customer. */
public final class RandomBilling {

    private static final List<String> PLANS = List.of("free", "starter", "pro", "scale");
    private static final List<ProviderStatus> STATUSES = List.of(
            ProviderStatus.ACTIVE,
            ProviderStatus.ACTIVE,
            ProviderStatus.ACTIVE,
            ProviderStatus.TRIALING,
            ProviderStatus.PAST_DUE,
            ProviderStatus.INCOMPLETE);

    private final Random random;
    private Instant at;
    private final List<FakeSubscription> subscriptions = new ArrayList<>();

    public RandomBilling(Random random, Instant from) {
        this.random = random;
        this.at = from;
    }

    /** So many, in the order in which they came about; some within one second. */
    public List<Snapshot> events(int count) {
        List<Snapshot> events = new ArrayList<>();
        while (events.size() < count) {
            if (subscriptions.size() < 2 && (subscriptions.isEmpty() || random.nextInt(4) == 0)) {
                FakeSubscription subscription = FakeSubscription.of(
                        "sub_" + (char) ('b' - subscriptions.size()), any(PLANS), any(STATUSES), at);
                subscriptions.add(subscription);
                events.add(subscription.created());
            } else {
                events.add(next(any(subscriptions)));
            }
            at = at.plus(Duration.ofSeconds(random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(200_000)));
        }
        return events;
    }

    private Snapshot next(FakeSubscription subscription) {
        return switch (random.nextInt(8)) {
            case 0 -> subscription.deleted(at);
            case 1 -> subscription.endingWithItsPeriod(at);
            case 2 -> subscription.changedTo(any(STATUSES), at);
            case 3 -> subscription.changed(any(PLANS), any(STATUSES), null, at);
            case 4 -> subscription.renewed(at);
            default -> subscription.changedTo(any(PLANS), at);
        };
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
