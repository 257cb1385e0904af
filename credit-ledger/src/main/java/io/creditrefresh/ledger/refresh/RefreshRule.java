package io.creditrefresh.ledger.refresh;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Balance;
import io.creditrefresh.ledger.account.Entitlement;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.schedule.Cycle;
import io.creditrefresh.ledger.schedule.Slot;
import java.time.Instant;

/**
 * The refresh: what is left of the allowance is carried over up to the rollover cap and lapses beyond it, the new
 * period's amount becomes the allowance, the bonus is not touched, and the new period starts where the old one ended.
 * Nothing is carried over in an account that the subscriber does not spend from: it would be given twice.
 */
public final class RefreshRule {

    private RefreshRule() {}

    /** What a job that was emitted for the period end {@code dueAt} means for the account as it is now. */
    public static RefreshDecision decide(Account account, Instant dueAt, Catalogue catalogue, Instant now) {
        if (!account.period().end().equals(dueAt)) {
            return RefreshDecision.Not.ALREADY;
        }
        if (account.refreshAt() == null) {
            return RefreshDecision.Not.OFF_SCHEDULE;
        }
        if (!account.isDue(now)) {
            return RefreshDecision.Not.NOT_DUE;
        }
        return new RefreshDecision.Apply(apply(account, catalogue, now));
    }

    /**
     * Refreshes a due account into the period that contains {@code now}: one refresh, however many periods were missed.
     *
     * @throws IllegalArgumentException if the account is not due
     * @throws io.creditrefresh.ledger.plan.NoAllowanceException if the catalogue does not know its plan
     */
    public static Refresh apply(Account account, Catalogue catalogue, Instant now) {
        Instant refreshAt = account.refreshAt();
        if (refreshAt == null || !account.isDue(now)) {
            throw new IllegalArgumentException("account " + account.id() + " is not due at " + now);
        }
        Cycle.Following next = account.cycle().following(account.period(), now);
        Entitlement.Due due = account.entitlement().dueAt(next.period().start(), catalogue);
        long leftover = account.balance().allowance();
        long carriable = due.rollover().carriedOf(leftover);
        long carried = account.isInView() ? carriable : 0;
        Account after = new Account(
                account.id(),
                account.version() + 1,
                account.entitlement(),
                account.cycle(),
                new Balance(due.amount(), Math.addExact(account.balance().bonus(), carried)),
                due.amount(),
                next.period(),
                Slot.at(refreshAt).refreshAt(next.period().end(), now),
                account.isInView());
        return new Refresh(
                account, after, due.amount(), leftover - carried, carried, carriable - carried, next.skipped());
    }
}
