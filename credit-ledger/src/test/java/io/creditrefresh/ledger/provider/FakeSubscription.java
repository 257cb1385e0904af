package io.creditrefresh.ledger.provider;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** A subscription at a provider of months, which tells every change as a snapshot with the values before it. */
public final class FakeSubscription {

    private final SubscriptionKey key;
    private final Instant createdAt;
    private int events;
    private Terms terms;

    private FakeSubscription(String id, Instant createdAt, Terms terms) {
        this.key = new SubscriptionKey("stripe", id);
        this.createdAt = createdAt;
        this.terms = terms;
    }

    /** One whose first month begins at {@code at}. */
    public static FakeSubscription of(String id, String plan, ProviderStatus status, Instant at) {
        return new FakeSubscription(id, at, new Terms(plan, status, at, months(at, 1), null));
    }

    /** One of a year. */
    public static FakeSubscription annual(String id, String plan, ProviderStatus status, Instant at) {
        return new FakeSubscription(id, at, new Terms(plan, status, at, months(at, 12), null));
    }

    public SubscriptionKey key() {
        return key;
    }

    public Terms terms() {
        return terms;
    }

    public Snapshot created() {
        return told(Snapshot.Kind.CREATED, createdAt, Previous.NOTHING);
    }

    public Snapshot changedTo(String plan, Instant at) {
        return changed(plan, terms.status(), terms.paidUntil(), at);
    }

    public Snapshot changedTo(ProviderStatus status, Instant at) {
        return changed(terms.plan(), status, terms.paidUntil(), at);
    }

    public Snapshot changed(String plan, ProviderStatus status, @Nullable Instant paidUntil, Instant at) {
        Terms before = terms;
        terms = new Terms(plan, status, before.periodStart(), before.periodEnd(), paidUntil);
        return told(
                Snapshot.Kind.UPDATED,
                at,
                new Previous(
                        plan.equals(before.plan()) ? null : before.plan(),
                        status == before.status() ? null : before.status(),
                        null));
    }

    /** Switches the renewal off. */
    public Snapshot endingWithItsPeriod(Instant at) {
        return changed(terms.plan(), terms.status(), terms.periodEnd(), at);
    }

    /** Into the next period, which begins where this one ends and is about as long. */
    public Snapshot renewed(Instant at) {
        Terms before = terms;
        boolean isYear =
                Duration.between(before.periodStart(), before.periodEnd()).toDays() > 300;
        terms = new Terms(
                before.plan(),
                before.status(),
                before.periodEnd(),
                months(before.periodEnd(), isYear ? 12 : 1),
                before.paidUntil());
        return told(Snapshot.Kind.UPDATED, at, new Previous(null, null, before.periodStart()));
    }

    public Snapshot deleted(Instant at) {
        terms = new Terms(terms.plan(), ProviderStatus.CANCELED, terms.periodStart(), terms.periodEnd(), null);
        return told(Snapshot.Kind.DELETED, at, Previous.NOTHING);
    }

    /** As the provider answers when it is asked. */
    public Snapshot asked(Instant at) {
        return new Snapshot(
                key,
                "asked:" + key.id() + ":" + at.getEpochSecond(),
                Snapshot.Kind.ASKED,
                at,
                createdAt,
                terms,
                Previous.NOTHING);
    }

    private Snapshot told(Snapshot.Kind kind, Instant at, Previous previous) {
        events++;
        return new Snapshot(key, "evt_" + key.id() + "_" + events, kind, at, createdAt, terms, previous);
    }

    private static Instant months(Instant from, int months) {
        return from.atOffset(ZoneOffset.UTC).plusMonths(months).toInstant();
    }
}
