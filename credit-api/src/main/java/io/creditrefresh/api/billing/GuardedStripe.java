package io.creditrefresh.api.billing;

import io.creditrefresh.billing.settings.StripeSettings;
import io.creditrefresh.billing.stripe.StripeApi;
import io.creditrefresh.ledger.provider.BillingProvider.Asked;
import io.creditrefresh.ledger.provider.ProviderUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.jspecify.annotations.Nullable;

/** Stripe, left alone for a while once it does not answer: users wait for it no longer than that. */
@ApplicationScoped
class GuardedStripe {

    /** More users than this do not wait for Stripe at once: they hold threads that others need. */
    private static final int QUESTIONS_AT_ONCE = 8;

    private final @Nullable StripeApi api;

    GuardedStripe(StripeSettings settings) {
        this.api = settings.api().orElse(null);
    }

    /** What asks Stripe without a guard; empty if it is not configured. */
    Optional<StripeApi> api() {
        return Optional.ofNullable(api);
    }

    /**
     * As {@link StripeApi#subscriptionsOf}.
     *
     * @throws org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException while it is left alone
     */
    @Bulkhead(QUESTIONS_AT_ONCE)
    @CircuitBreaker(
            requestVolumeThreshold = 5,
            failureRatio = 0.8,
            delay = 30_000,
            failOn = ProviderUnavailableException.class)
    List<Asked> subscriptionsOf(String customerId) {
        return api().orElseThrow().subscriptionsOf(customerId);
    }
}
