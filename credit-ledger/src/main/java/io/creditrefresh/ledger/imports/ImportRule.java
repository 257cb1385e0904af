package io.creditrefresh.ledger.imports;

import io.creditrefresh.ledger.account.Balance;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.schedule.MonthlyCycle;
import io.creditrefresh.ledger.schedule.Period;
import io.creditrefresh.ledger.schedule.Slot;
import io.creditrefresh.ledger.schedule.Stagger;
import io.creditrefresh.ledger.schedule.ThirtyDayCycle;
import java.time.Instant;

/**
 * The import: the balance stays as it was. What exceeds the current period's amount is bonus, so that nothing the user
 * has accumulated can lapse.
 */
public final class ImportRule {

    private ImportRule() {}

    /**
     * The account that a user of the old table begins with. One that is overdue keeps its ended period and gets its
     * next slot, where it is refreshed like any other.
     *
     * @throws IllegalArgumentException if the last refresh lies after {@code now}
     * @throws io.creditrefresh.ledger.plan.NoAllowanceException if the catalogue does not know the plan
     */
    public static ImportedAccount open(ImportedUser user, Catalogue catalogue, Instant now) {
        Period period = currentPeriod(user, now);
        long amount = user.entitlement().dueAt(period.start(), catalogue).amount();
        long allowance = Math.min(user.balance(), amount);
        return new ImportedAccount(
                user,
                new Balance(allowance, user.balance() - allowance),
                amount,
                period,
                user.onHold() ? null : Slot.of(user.userId()).refreshAt(period.end(), now));
    }

    private static Period currentPeriod(ImportedUser user, Instant now) {
        Instant lastRefresh = user.lastRefresh();
        if (lastRefresh != null) {
            if (lastRefresh.isAfter(now)) {
                throw new IllegalArgumentException("a last refresh is not after now: " + lastRefresh + ", " + now);
            }
            return new Period(lastRefresh, user.cycle().endOf(lastRefresh));
        }
        if (user.cycle() instanceof MonthlyCycle monthly) {
            Instant end = monthly.firstBoundaryAfter(now);
            return new Period(monthly.boundaryBefore(end), end);
        }
        Instant end = Stagger.firstPeriodEnd(user.userId(), now);
        return new Period(end.minus(ThirtyDayCycle.LENGTH), end);
    }
}
