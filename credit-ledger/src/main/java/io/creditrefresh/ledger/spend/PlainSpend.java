package io.creditrefresh.ledger.spend;

import io.creditrefresh.ledger.plan.CreditKind;

/**
 * An order that takes from one account alone, as nearly all do.
 *
 * @param kind of that account
 * @param amount of that kind, 1 or more
 * @param revision of the rollout that says so; with another one it may be otherwise
 */
public record PlainSpend(SpendOrder order, CreditKind kind, long amount, long revision) {

    public PlainSpend {
        if (amount < 1) {
            throw new IllegalArgumentException("a spend takes at least 1: " + amount);
        }
    }
}
