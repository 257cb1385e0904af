package io.creditrefresh.api.user;

import io.creditrefresh.api.override.RefreshSettingsAnswer;
import io.creditrefresh.api.status.CreditStatus;
import io.creditrefresh.api.status.NextRefreshes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One user whole.
 *
 * @param createdAt when this service came to know the user
 * @param next when the user gets credits
 * @param customers whom billing providers know the user as
 * @param subscriptions at billing providers, the one that was created last first
 */
public record UserDetails(
        String userId,
        @Nullable String email,
        Instant createdAt,
        CreditStatus status,
        NextRefreshes next,
        RefreshSettingsAnswer settings,
        List<BillingCustomer> customers,
        List<BillingSubscription> subscriptions) {

    /** A customer of a billing provider. */
    public record BillingCustomer(String provider, String customerId) {}

    /**
     * A subscription as its provider has last told it.
     *
     * @param status in the provider's words
     * @param paidUntil when it ends because its renewal is switched off; null if it renews itself
     * @param toldAt the provider's time
     */
    public record BillingSubscription(
            String provider,
            String id,
            String plan,
            String status,
            Instant periodStart,
            Instant periodEnd,
            @Nullable Instant paidUntil,
            Instant toldAt) {}
}
