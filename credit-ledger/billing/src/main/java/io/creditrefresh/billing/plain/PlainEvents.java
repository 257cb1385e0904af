package io.creditrefresh.billing.plain;

import io.creditrefresh.billing.Field;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.provider.BillingEvent;
import io.creditrefresh.ledger.provider.BillingEvent.Content;
import io.creditrefresh.ledger.provider.BillingEvent.Customer;
import io.creditrefresh.ledger.provider.BillingEvent.CustomerNamed;
import io.creditrefresh.ledger.provider.BillingEvent.InvoicePaid;
import io.creditrefresh.ledger.provider.BillingEvent.NothingToDo;
import io.creditrefresh.ledger.provider.BillingEvent.Pack;
import io.creditrefresh.ledger.provider.BillingEvent.PacksBought;
import io.creditrefresh.ledger.provider.BillingEvent.SubscriptionTold;
import io.creditrefresh.ledger.provider.Previous;
import io.creditrefresh.ledger.provider.ProviderStatus;
import io.creditrefresh.ledger.provider.Snapshot;
import io.creditrefresh.ledger.provider.SubscriptionKey;
import io.creditrefresh.ledger.provider.Terms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads events of the plain shape, whose JSON schema is {@code billing-event.schema.json} beside this class. */
public final class PlainEvents {

    private static final long CREDITS_MAX = 1_000_000_000;

    private final String provider;

    /**
     * A reader.
     *
     * @param provider as the ledger names it
     */
    public PlainEvents(String provider) {
        this.provider = provider;
    }

    /**
     * Reads a body.
     *
     * @throws io.creditrefresh.billing.UnreadableEventException if it does not have the shape
     */
    public BillingEvent read(byte[] body) {
        Field event = Field.parse(body);
        return new BillingEvent(
                provider,
                event.get("id").text(),
                event.get("type").text(),
                event.get("occurredAt").timestamp(),
                new Customer(
                        event.get("customerId").optionalText().orElse(null),
                        event.get("userId").optionalText().orElse(null)),
                content(event));
    }

    private Content content(Field event) {
        return switch (event.get("type").text()) {
            case "subscription.created" -> told(event, Snapshot.Kind.CREATED);
            case "subscription.updated" -> told(event, Snapshot.Kind.UPDATED);
            case "subscription.ended" -> told(event, Snapshot.Kind.DELETED);
            case "subscription.paid" ->
                new InvoicePaid(event.at("subscription", "id").text());
            case "credits.purchased" ->
                new PacksBought(event.at("purchase", "id").text(), packs(event.at("purchase", "packs")));
            case "customer.linked" -> new CustomerNamed();
            default -> new NothingToDo(false, "nobody asked for events of this type");
        };
    }

    private Content told(Field event, Snapshot.Kind kind) {
        Field subscription = event.get("subscription");
        Terms terms = new Terms(
                plan(subscription.get("plan")),
                kind == Snapshot.Kind.DELETED ? ProviderStatus.CANCELED : status(subscription.get("status")),
                subscription.get("periodStart").timestamp(),
                subscription.get("periodEnd").timestamp(),
                subscription.get("endsAt").isPresent()
                        ? subscription.get("endsAt").timestamp()
                        : null);
        return new SubscriptionTold(new Snapshot(
                new SubscriptionKey(provider, subscription.get("id").text()),
                event.get("id").text(),
                kind,
                event.get("occurredAt").timestamp(),
                subscription.get("createdAt").timestamp(),
                terms,
                kind == Snapshot.Kind.UPDATED ? previous(event.get("previous"), terms) : Previous.NOTHING));
    }

    private static Previous previous(Field changed, Terms now) {
        String plan = changed.get("plan").isPresent() ? plan(changed.get("plan")) : null;
        Instant start = changed.get("periodStart").isPresent()
                ? changed.get("periodStart").timestamp()
                : null;
        return Previous.changing(
                now, plan, changed.get("status").isPresent() ? status(changed.get("status")) : null, start);
    }

    private static String plan(Field plan) {
        if (!plan.text().matches("[a-z][a-z0-9_-]{0,31}")) {
            throw plan.wrong("a plan's code");
        }
        return plan.text();
    }

    private static ProviderStatus status(Field status) {
        return ProviderStatus.of(status.text()).orElseThrow(() -> status.wrong("a status that is known"));
    }

    private static List<Pack> packs(Field packs) {
        List<Pack> bought = new ArrayList<>();
        for (Field pack : packs.elements()) {
            bought.add(new Pack(kind(pack.get("kind")), pack.get("credits").count(CREDITS_MAX)));
        }
        if (bought.isEmpty()) {
            throw packs.wrong("an array of one pack or more");
        }
        return bought;
    }

    private static CreditKind kind(Field kind) {
        try {
            return kind.isPresent() ? CreditKind.of(kind.text()) : CreditKind.CREDITS;
        } catch (IllegalArgumentException e) {
            throw kind.wrong("credits, analysis or roast");
        }
    }
}
