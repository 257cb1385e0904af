package io.creditrefresh.ledger.provider;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription is at one instant.
 *
 * @param plan code of a plan of the catalogue
 * @param periodStart of the provider's own billing period; whole seconds
 * @param periodEnd of the same; whole seconds
 * @param paidUntil when it ends because its renewal is switched off; null if it renews itself
 */
public record Terms(
        String plan,
        ProviderStatus status,
        Instant periodStart,
        Instant periodEnd,
        @Nullable Instant paidUntil) {

    public Terms {
        periodStart = periodStart.truncatedTo(ChronoUnit.SECONDS);
        periodEnd = periodEnd.truncatedTo(ChronoUnit.SECONDS);
        paidUntil = paidUntil == null ? null : paidUntil.truncatedTo(ChronoUnit.SECONDS);
    }
}
