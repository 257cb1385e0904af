package io.creditrefresh.ledger.provider;

import java.util.List;

/** A provider that can be asked; it takes its time, so nobody asks while holding a lock. */
public interface BillingProvider {

    /** As events name it, {@code stripe}. */
    String name();

    /**
     * All subscriptions of a customer, also those that are over, as they are now.
     *
     * @throws ProviderUnavailableException if it does not answer, or not so that it is understood
     * @throws NotUnderstoodException if a live subscription of this customer is not
     */
    List<Asked> subscriptionsOf(String customerId);

    /**
     * One page of all subscriptions, also those that are over.
     *
     * @param after {@link Page#next} of the page before; empty for the first
     * @throws ProviderUnavailableException as above
     */
    Page page(String after);

    /** A subscription with its customer; its snapshot's {@code previous} is {@link Previous#NOTHING}. */
    record Asked(String customerId, Snapshot snapshot) {}

    /**
     * Some of many.
     *
     * @param skipped one line for people about each that is live and not understood
     * @param next where to go on; empty after the last
     */
    record Page(List<Asked> subscriptions, List<String> skipped, String next) {

        public Page {
            subscriptions = List.copyOf(subscriptions);
            skipped = List.copyOf(skipped);
        }
    }
}
