package io.creditrefresh.ledger.provider;

import io.creditrefresh.ledger.account.BillingState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's subscriptions make of a subscriber.
 *
 * @param subscription the one that decides
 * @param paidUntil when it ends because its renewal is switched off; null if it renews itself, or is over
 * @param periodEnd the end of the provider's own period
 */
public record ProviderStanding(
        SubscriptionKey subscription,
        String plan,
        BillingState billingState,
        @Nullable Instant paidUntil,
        Instant periodEnd) {

    /** Whether there is a subscription that has begun and is not over. */
    public boolean isLive() {
        return billingState != BillingState.CANCELLED;
    }
}
