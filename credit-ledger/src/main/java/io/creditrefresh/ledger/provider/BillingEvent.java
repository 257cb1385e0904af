package io.creditrefresh.ledger.provider;

import io.creditrefresh.ledger.plan.CreditKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider's event, read.
 *
 * @param eventId unique at the provider
 * @param type in the provider's words
 * @param occurredAt the provider's time
 */
public record BillingEvent(
        String provider, String eventId, String type, Instant occurredAt, Customer customer, Content content) {

    /**
     * Whom an event is about.
     *
     * @param customerId the provider's own; null if the event names none
     * @param userId the product's own; null if the event names none
     */
    public record Customer(
            @Nullable String customerId, @Nullable String userId) {}

    /** What an event tells. */
    public sealed interface Content {}

    /** A subscription as it is now. */
    public record SubscriptionTold(Snapshot snapshot) implements Content {}

    /** A period of a subscription was paid for: a refresh that is due is applied, and none that is not. */
    public record InvoicePaid(String subscriptionId) implements Content {}

    /**
     * Packs of credits were paid for, once.
     *
     * @param purchaseId unique at the provider; several events may tell of one purchase
     */
    public record PacksBought(String purchaseId, List<Pack> packs) implements Content {

        public PacksBought {
            packs = List.copyOf(packs);
        }
    }

    /**
     * A pack of credits.
     *
     * @param credits more than 0
     */
    public record Pack(CreditKind kind, long credits) {

        public Pack {
            if (credits <= 0) {
                throw new IllegalArgumentException("a pack adds credits: " + credits);
            }
        }
    }

    /** A customer of the provider is a user of the product; nothing else. */
    public record CustomerNamed() implements Content {}

    /**
     * Nothing that changes anything.
     *
     * @param isHandled false: an event of a type that nobody asked for
     * @param why for people
     */
    public record NothingToDo(boolean isHandled, String why) implements Content {}
}
