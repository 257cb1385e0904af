package io.creditrefresh.billing.stripe;

import io.creditrefresh.billing.Field;
import io.creditrefresh.ledger.provider.BillingEvent.Content;
import io.creditrefresh.ledger.provider.BillingEvent.InvoicePaid;
import io.creditrefresh.ledger.provider.BillingEvent.NothingToDo;
import java.util.Optional;

/**
 * Reads Stripe's invoices. Since version 2025-03-31 of its API the subscription stands in the invoice's parent, before it
 * in the invoice; both are read, and the places in the lines.
 *
 * @see <a href="https://docs.stripe.com/api/invoices/object">The invoice object</a>
 */
final class InvoiceReader {

    private InvoiceReader() {}

    static Content paid(Field invoice) {
        return subscription(invoice)
                .<Content>map(InvoicePaid::new)
                .orElseGet(() -> new NothingToDo(true, "the invoice is not a subscription's"));
    }

    private static Optional<String> subscription(Field invoice) {
        Optional<String> named = ofParent(invoice);
        if (named.isPresent()) {
            return named;
        }
        return invoice.at("lines", "data").elements().stream()
                .flatMap(line -> ofLine(line).stream())
                .findFirst();
    }

    private static Optional<String> ofParent(Field invoice) {
        return invoice.at("parent", "subscription_details", "subscription")
                .or(invoice.get("subscription"))
                .id();
    }

    private static Optional<String> ofLine(Field line) {
        return line.at("parent", "subscription_item_details", "subscription")
                .or(line.get("subscription"))
                .id();
    }
}
