package io.creditrefresh.ledger.subscription;

import io.creditrefresh.ledger.account.Account;
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

    /** Of an account whose terms have not changed since its period began. */
    public static PeriodTerms unchanged(Account account) {
        return new PeriodTerms(Set.of(account.entitlement().plan()), false);
    }

    boolean isPaid(BillingState state) {
        return state != BillingState.CANCELLED || isCancelledWithin;
    }
}
