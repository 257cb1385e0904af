package io.creditrefresh.ledger.imports;

import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.account.Entitlement;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.schedule.Cycle;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One user as the old table has them.
 *
 * @param plan a plan of the catalogue
 * @param balance credits, 0 to {@link #CREDITS_MAX}
 * @param lastRefresh to the second; null if the user was never refreshed
 * @param onHold off the schedule until an admin releases the hold
 * @param refreshDay 1 to 31; null for periods of 30 days
 * @param customAllowance credits per period in place of the plan's, 0 to {@link #CREDITS_MAX}
 */
public record ImportedUser(
        String userId,
        @Nullable String email,
        String plan,
        long balance,
        @Nullable Instant lastRefresh,
        boolean onHold,
        @Nullable Integer refreshDay,
        @Nullable Long customAllowance) {

    /** The most credits that a balance or an allowance is taken over with. */
    public static final long CREDITS_MAX = 1_000_000_000_000_000L;

    public ImportedUser {
        if (balance < 0 || balance > CREDITS_MAX) {
            throw new IllegalArgumentException("a balance is 0 to " + CREDITS_MAX + ": " + balance);
        }
        if (customAllowance != null && customAllowance > CREDITS_MAX) {
            throw new IllegalArgumentException("a custom allowance is at most " + CREDITS_MAX + ": " + customAllowance);
        }
        if (lastRefresh != null && !lastRefresh.equals(lastRefresh.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("a last refresh is in whole seconds: " + lastRefresh);
        }
    }

    Cycle cycle() {
        return Cycle.of(refreshDay);
    }

    /** What the user's account is entitled to; the old table knows only plans that are paid for. */
    Entitlement entitlement() {
        return new Entitlement(CreditKind.CREDITS, plan, BillingState.ACTIVE, null, customAllowance);
    }
}
