package io.creditrefresh.ledger.subscription;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Balance;
import io.creditrefresh.ledger.account.Entitlement;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.rollout.View;
import io.creditrefresh.ledger.schedule.Cycle;
import io.creditrefresh.ledger.schedule.Period;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The account of a kind that a subscriber does not have yet, as it is opened: in the period of the single pool, and
 * refreshed with it from then on; with the most that any plan of this period gives of the kind, as the pool was granted.
 */
public final class ActivePeriod {

    private ActivePeriod() {}

    /** The kinds of Credits v2 that the subscriber has no account of. */
    public static List<CreditKind> missing(Subscriber subscriber) {
        return View.V2.kinds().stream()
                .filter(kind -> subscriber.account(kind).isEmpty())
                .toList();
    }

    /**
     * The subscriber with the accounts that are missing, as they would be opened. They have no ids yet: negative ones stand
     * for those.
     *
     * @param pool of the single pool's present period
     */
    public static Subscriber foreseen(Subscriber subscriber, PeriodTerms pool, Catalogue catalogue, Instant now) {
        return subscriber.withMore(missing(subscriber).stream()
                .map(kind -> open(subscriber, kind, pool, catalogue, now))
                .toList());
    }

    /**
     * The account of {@code kind} as it is opened.
     *
     * @throws io.creditrefresh.ledger.plan.NoAllowanceException if the catalogue does not know the plan, or its amount of
     *     the kind
     */
    public static Account open(
            Subscriber subscriber, CreditKind kind, PeriodTerms terms, Catalogue catalogue, Instant now) {
        Optional<Account> pool = subscriber.account(CreditKind.CREDITS);
        Cycle cycle = Cycle.of(subscriber.refreshDay());
        Instant start = now.truncatedTo(ChronoUnit.SECONDS);
        Period period = pool.map(Account::period).orElseGet(() -> new Period(start, cycle.endOf(start)));
        Entitlement entitlement = new Entitlement(
                kind,
                subscriber.plan(),
                subscriber.billingState(),
                pool.map(account -> account.entitlement().paidUntil()).orElse(null),
                null);
        long amount = amount(entitlement, terms, period.start(), catalogue);
        return new Account(
                -1 - View.V2.kinds().indexOf(kind),
                1,
                entitlement,
                cycle,
                new Balance(amount, 0),
                amount,
                period,
                pool.isPresent() ? pool.get().refreshAt() : subscriber.refreshAt(period.end(), now),
                subscriber.placement().view().shows(kind));
    }

    private static long amount(Entitlement entitlement, PeriodTerms terms, Instant periodStart, Catalogue catalogue) {
        long due = entitlement.dueAt(periodStart, catalogue).amount();
        boolean isPaid = terms.isPaid(entitlement.billingState())
                && entitlement.basisAt(periodStart) != Entitlement.Basis.NOT_RENEWED;
        return isPaid
                ? terms.plans().stream()
                        .filter(plan -> catalogue.knows(plan, entitlement.kind()))
                        .mapToLong(plan -> catalogue
                                .allowanceAt(plan, entitlement.kind(), periodStart)
                                .amount())
                        .reduce(due, Math::max)
                : due;
    }
}
