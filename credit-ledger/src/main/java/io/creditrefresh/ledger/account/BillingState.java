package io.creditrefresh.ledger.account;

import java.util.Locale;

/** Whether a subscriber's plan is paid for. */
public enum BillingState {
    ACTIVE,
    /** Off the schedule; the balance stays spendable. */
    PAST_DUE,
    /** The plan stays until the period's end; refreshes then use the amounts of the free plan. */
    CANCELLED;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The state as columns and the API write it. */
    public String code() {
        return code;
    }

    /**
     * The state of a code.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static BillingState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
