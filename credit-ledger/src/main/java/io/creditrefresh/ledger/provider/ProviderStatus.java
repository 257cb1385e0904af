package io.creditrefresh.ledger.provider;

import io.creditrefresh.ledger.account.BillingState;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of a subscription at its provider, in Stripe's words. */
public enum ProviderStatus {
    /** Not paid for the first time yet: changes nothing. */
    INCOMPLETE(null),
    /** Never paid for: changes nothing. */
    INCOMPLETE_EXPIRED(null),
    TRIALING(BillingState.ACTIVE),
    ACTIVE(BillingState.ACTIVE),
    PAST_DUE(BillingState.PAST_DUE),
    UNPAID(BillingState.PAST_DUE),
    PAUSED(BillingState.PAST_DUE),
    CANCELED(BillingState.CANCELLED);

    private final @Nullable BillingState billingState;
    private final String code = name().toLowerCase(Locale.ROOT);

    ProviderStatus(@Nullable BillingState billingState) {
        this.billingState = billingState;
    }

    /** As the provider and columns write it. */
    public String code() {
        return code;
    }

    /** The status of a code; empty if there is none. */
    public static Optional<ProviderStatus> of(String code) {
        for (ProviderStatus status : values()) {
            if (status.code.equals(code)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    /** What it makes of a subscriber; empty if it changes nothing. */
    public Optional<BillingState> billingState() {
        return Optional.ofNullable(billingState);
    }

    /** Whether the plan's amount is granted in it. */
    public boolean grants() {
        return billingState == BillingState.ACTIVE;
    }

    /** Begun and not over. */
    public boolean isLive() {
        return billingState == BillingState.ACTIVE || billingState == BillingState.PAST_DUE;
    }
}
