package io.creditrefresh.ledger.provider;

import io.creditrefresh.ledger.account.BillingState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All that providers have told of one subscriber's subscriptions: a set, whatever order it arrived in. */
public final class ProviderHistory {

    public static final ProviderHistory EMPTY = new ProviderHistory(List.of());

    private static final Comparator<SubscriptionKey> BY_KEY =
            Comparator.comparing(SubscriptionKey::provider).thenComparing(SubscriptionKey::id);

    private final Map<SubscriptionKey, List<Snapshot>> oldestFirst = new TreeMap<>(BY_KEY);

    public ProviderHistory(Collection<Snapshot> snapshots) {
        Map<SubscriptionKey, List<Snapshot>> unordered = new LinkedHashMap<>();
        Set<String> known = new HashSet<>();
        for (Snapshot snapshot : snapshots) {
            if (known.add(snapshot.subscription().provider() + " " + snapshot.eventId())) {
                unordered
                        .computeIfAbsent(snapshot.subscription(), key -> new ArrayList<>())
                        .add(snapshot);
            }
        }
        unordered.forEach((key, of) -> oldestFirst.put(key, SnapshotOrder.oldestFirst(of)));
    }

    /** With more; a snapshot of an event that is known already changes nothing. */
    public ProviderHistory with(Collection<Snapshot> more) {
        List<Snapshot> all = new ArrayList<>();
        oldestFirst.values().forEach(all::addAll);
        all.addAll(more);
        return new ProviderHistory(all);
    }

    /** Whether this event has been told. */
    public boolean knows(Snapshot snapshot) {
        return oldestFirst.getOrDefault(snapshot.subscription(), List.of()).stream()
                .anyMatch(each -> each.eventId().equals(snapshot.eventId()));
    }

    /** The snapshots of each subscription, oldest first. */
    public Collection<List<Snapshot>> subscriptions() {
        return oldestFirst.values();
    }

    /** The newest snapshot of a subscription; empty if nothing has been told of it. */
    public Optional<Snapshot> newest(SubscriptionKey subscription) {
        return Optional.ofNullable(oldestFirst.get(subscription)).map(ProviderHistory::newest);
    }

    /**
     * What it all makes of the subscriber: the live subscription that was created last decides; without a live one, the
     * subscriber is cancelled on the plan of the last one that was; empty if none has ever begun.
     */
    public Optional<ProviderStanding> standing() {
        return oldestFirst.values().stream()
                .flatMap(subscription -> newestBegun(subscription).stream())
                .max(Comparator.comparing(
                                (Snapshot newest) -> newest.terms().status().isLive())
                        .thenComparing(Snapshot::createdAt)
                        .thenComparing(Snapshot::subscription, BY_KEY))
                .flatMap(ProviderHistory::standing);
    }

    private static Optional<ProviderStanding> standing(Snapshot newest) {
        Terms terms = newest.terms();
        return terms.status()
                .billingState()
                .map(state -> new ProviderStanding(
                        newest.subscription(),
                        terms.plan(),
                        state,
                        state == BillingState.CANCELLED ? null : terms.paidUntil(),
                        terms.periodEnd()));
    }

    /** Not one that is waiting for its first payment, nor one that ended so: these change nothing. */
    private static Optional<Snapshot> newestBegun(List<Snapshot> subscription) {
        return subscription.stream()
                .filter(told -> told.terms().status().billingState().isPresent())
                .reduce((earlier, later) -> later);
    }

    private static Snapshot newest(List<Snapshot> subscription) {
        return subscription.get(subscription.size() - 1);
    }
}
