package io.creditrefresh.ledger.plan;

import java.time.Instant;

/**
 * What a plan gives per period for one kind, from an instant on.
 *
 * @param validFrom {@link Instant#MIN} for the first of a plan and kind
 * @param amount credits, 0 or more
 */
public record PlanAllowance(String plan, CreditKind kind, Instant validFrom, long amount, Rollover rollover) {

    public PlanAllowance {
        if (amount < 0) {
            throw new IllegalArgumentException("an allowance is not negative: " + amount);
        }
    }
}
