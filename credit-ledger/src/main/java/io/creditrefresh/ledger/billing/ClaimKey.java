package io.creditrefresh.ledger.billing;

import io.creditrefresh.ledger.provider.SubscriptionKey;
import java.time.Instant;

/**
 * What an account's claim on a plan's amount is known by: it is settled once.
 *
 * @param periodStart of the provider's billing period
 */
public record ClaimKey(SubscriptionKey subscription, Instant periodStart, String plan) {

    /** Under which the account's ledger has the grant. */
    public String idempotencyKey() {
        return "billing:%s:%s:%d:%s"
                .formatted(subscription.provider(), subscription.id(), periodStart.getEpochSecond(), plan);
    }
}
