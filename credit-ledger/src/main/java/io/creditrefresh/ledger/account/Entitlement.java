package io.creditrefresh.ledger.account;

import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.plan.PlanAllowance;
import io.creditrefresh.ledger.plan.Rollover;
import java.time.Instant;
import java.util.Locale;
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

    /** Why a period grants what it does. */
    public enum Basis {
        PLAN,
        CUSTOM_ALLOWANCE,
        /** Cancelled: the amounts of the free plan. */
        CANCELLED,
        /** Paid until an instant at or before the period's start: the amounts of the free plan. */
        NOT_RENEWED;

        private final String code = name().toLowerCase(Locale.ROOT);

        /** As the API writes it. */
        public String code() {
            return code;
        }
    }

    /** Why a period that starts at {@code periodStart} grants what it does. */
    public Basis basisAt(Instant periodStart) {
        if (billingState == BillingState.CANCELLED) {
            return Basis.CANCELLED;
        }
        if (paidUntil != null && !periodStart.isBefore(paidUntil)) {
            return Basis.NOT_RENEWED;
        }
        return customAllowance != null ? Basis.CUSTOM_ALLOWANCE : Basis.PLAN;
    }

    /** The row of the catalogue that a period that starts at {@code periodStart} is granted by. */
    public PlanAllowance rowAt(Instant periodStart, Catalogue catalogue) {
        Basis basis = basisAt(periodStart);
        boolean paid = basis == Basis.PLAN || basis == Basis.CUSTOM_ALLOWANCE;
        return catalogue.allowanceAt(paid ? plan : Catalogue.FREE, kind, periodStart);
    }

    /** What a period that starts at {@code periodStart} grants. */
    public Due dueAt(Instant periodStart, Catalogue catalogue) {
        PlanAllowance row = rowAt(periodStart, catalogue);
        boolean custom = basisAt(periodStart) == Basis.CUSTOM_ALLOWANCE;
        return new Due(custom && customAllowance != null ? customAllowance : row.amount(), row.rollover());
    }

    /**
     * What one period grants.
     *
     * @param amount credits
     * @param rollover of the same catalogue row, for the allowance left from the period before
     */
    public record Due(long amount, Rollover rollover) {}
}
