package io.creditrefresh.ledger.subscription;

import io.creditrefresh.ledger.account.Balance;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.schedule.Period;
import io.creditrefresh.ledger.schedule.Slot;
import io.creditrefresh.ledger.schedule.ThirtyDayCycle;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The account that a provisioned user begins with: the plan's allowance at once, a period from now, on the schedule.
 *
 * @param refreshAt when the planner emits the first job
 */
public record Opening(String userId, CreditKind kind, String plan, Balance balance, Period period, Instant refreshAt) {

    /**
     * Opens an account.
     *
     * @throws io.creditrefresh.ledger.plan.NoAllowanceException if the catalogue does not know the plan
     */
    public static Opening of(String userId, CreditKind kind, String plan, Catalogue catalogue, Instant now) {
        Instant start = now.truncatedTo(ChronoUnit.SECONDS);
        Period period = new Period(start, new ThirtyDayCycle().endOf(start));
        return new Opening(
                userId,
                kind,
                plan,
                new Balance(catalogue.allowanceAt(plan, kind, now).amount(), 0),
                period,
                Slot.of(userId).refreshAt(period.end(), now));
    }
}
