package io.creditrefresh.ledger.account;

import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.plan.PlanAllowance;
import io.creditrefresh.ledger.plan.Rollover;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an account is entitled to.
 *
 * @param paidUntil the billing provider's period end after which a subscription that was not renewed is over
 * @param customAllowance credits per period in place of the plan's
 */
public record Entitlement(
        CreditKind kind,
        String plan,
        BillingState billingState,
        @Nullable Instant paidUntil,
        @Nullable Long customAllowance) {

    public Entitlement {
        if (customAllowance != null && customAllowance < 0) {
            throw new IllegalArgumentException("a custom allowance is not negative: " + customAllowance);
        }
    }

    public Entitlement withPlan(String newPlan) {
        return new Entitlement(kind, newPlan, billingState, paidUntil, customAllowance);
    }

    public Entitlement withBilling(BillingState state, @Nullable Instant newPaidUntil) {
        return new Entitlement(kind, plan, state, newPaidUntil, customAllowance);
    }

    public Entitlement withCustomAllowance(@Nullable Long credits) {
        return new Entitlement(kind, plan, billingState, paidUntil, credits);
    }

    /** What a period that starts at {@code periodStart} grants. */
    public Due dueAt(Instant periodStart, Catalogue catalogue) {
        boolean paid = billingState != BillingState.CANCELLED && (paidUntil == null || periodStart.isBefore(paidUntil));
        PlanAllowance allowance = catalogue.allowanceAt(paid ? plan : Catalogue.FREE, kind, periodStart);
        long amount = paid && customAllowance != null ? customAllowance : allowance.amount();
        return new Due(amount, allowance.rollover());
    }

    /**
     * What one period grants.
     *
     * @param amount credits
     * @param rollover of the same catalogue row, for the allowance left from the period before
     */
    public record Due(long amount, Rollover rollover) {}
}
