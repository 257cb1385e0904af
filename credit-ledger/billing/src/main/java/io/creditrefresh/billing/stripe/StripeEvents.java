package io.creditrefresh.billing.stripe;

import io.creditrefresh.billing.Field;
import io.creditrefresh.ledger.provider.BillingEvent;
import io.creditrefresh.ledger.provider.BillingEvent.Content;
import io.creditrefresh.ledger.provider.BillingEvent.Customer;
import io.creditrefresh.ledger.provider.BillingEvent.NothingToDo;
import io.creditrefresh.ledger.provider.BillingEvent.SubscriptionTold;
import io.creditrefresh.ledger.provider.Previous;
import io.creditrefresh.ledger.provider.ProviderStatus;
import io.creditrefresh.ledger.provider.Snapshot;
import io.creditrefresh.ledger.provider.SubscriptionKey;
import io.creditrefresh.ledger.provider.Terms;
import java.util.Optional;

/**
 * Reads Stripe's events.
 *
 * @see <a href="https://docs.stripe.com/api/events/types">The types of events</a>
 */
public final class StripeEvents {

    /** As paths, rows and the ledger name Stripe. */
    public static final String PROVIDER = "stripe";

    private final SubscriptionReader subscriptions;
    private final CheckoutReader checkouts;

    public StripeEvents(PlanMap plans, PackMap packs) {
        this.subscriptions = new SubscriptionReader(plans);
        this.checkouts = new CheckoutReader(packs);
    }

    /**
     * Reads a body.
     *
     * @throws io.creditrefresh.billing.UnreadableEventException if it is no event of Stripe
     * @throws UnmappedPriceException if no plan or pack is mapped to what is sold
     */
    public BillingEvent read(byte[] body) {
        Field event = Field.parse(body);
        Field object = event.at("data", "object");
        return new BillingEvent(
                PROVIDER,
                event.get("id").text(),
                event.get("type").text(),
                event.get("created").seconds(),
                customer(event, object),
                content(event, object));
    }

    private static Customer customer(Field event, Field object) {
        boolean isCustomer = object.get("object").optionalText().equals(Optional.of("customer"));
        boolean isCheckout = event.get("type").text().startsWith("checkout.session.");
        return new Customer(
                object.get(isCustomer ? "id" : "customer").id().orElse(null),
                isCheckout ? object.get("client_reference_id").optionalText().orElse(null) : null);
    }

    private Content content(Field event, Field object) {
        return switch (event.get("type").text()) {
            case "customer.subscription.created" -> told(event, object, Snapshot.Kind.CREATED);
            case "customer.subscription.updated", "customer.subscription.paused", "customer.subscription.resumed" ->
                told(event, object, Snapshot.Kind.UPDATED);
            case "customer.subscription.deleted" -> told(event, object, Snapshot.Kind.DELETED);
            case "invoice.paid" -> InvoiceReader.paid(object);
            case "invoice.payment_failed" ->
                new NothingToDo(true, "the subscription's own events say whether it is past due");
            case "checkout.session.completed", "checkout.session.async_payment_succeeded" -> checkouts.read(object);
            case "charge.refunded" -> new NothingToDo(true, "money given back lowers no credits by itself");
            default -> new NothingToDo(false, "nobody asked for events of this type");
        };
    }

    private Content told(Field event, Field subscription, Snapshot.Kind kind) {
        return subscriptions
                .terms(subscription)
                .<Content>map(terms -> new SubscriptionTold(snapshot(event, subscription, kind, terms)))
                .orElseGet(() -> new NothingToDo(true, "what the subscription sells is mapped to no plan"));
    }

    private Snapshot snapshot(Field event, Field subscription, Snapshot.Kind kind, Terms terms) {
        return new Snapshot(
                new SubscriptionKey(PROVIDER, subscription.get("id").text()),
                event.get("id").text(),
                kind,
                event.get("created").seconds(),
                subscription.get("created").seconds(),
                kind == Snapshot.Kind.DELETED ? over(terms) : terms,
                kind == Snapshot.Kind.UPDATED
                        ? subscriptions.previous(event.at("data", "previous_attributes"), terms)
                        : Previous.NOTHING);
    }

    private static Terms over(Terms terms) {
        return new Terms(
                terms.plan(), ProviderStatus.CANCELED, terms.periodStart(), terms.periodEnd(), terms.paidUntil());
    }
}
