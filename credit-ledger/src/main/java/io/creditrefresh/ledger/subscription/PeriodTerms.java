package io.creditrefresh.ledger.subscription;

import io.creditrefresh.ledger.account.BillingState;
import java.util.Set;

/**
 * What the ledger tells of an account's present period.
 *
 * @param plans all that it was under since the period began
 * @param isCancelledWithin whether the subscription was cancelled since then: the period was granted as one that is paid
 */
public record PeriodTerms(Set<String> plans, boolean isCancelledWithin) {

    public PeriodTerms {
        plans = Set.copyOf(plans);
    }

    boolean isPaid(BillingState state) {
        return state != BillingState.CANCELLED || isCancelledWithin;
    }
}
