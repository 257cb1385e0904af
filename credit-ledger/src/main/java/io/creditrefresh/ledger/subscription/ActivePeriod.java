package io.creditrefresh.ledger.subscription;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Balance;
import io.creditrefresh.ledger.account.BillingState;
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
 * The account of a kind that a subscriber does not have yet, as it is opened: the plan's allowance of the kind, in the
 * period of the single pool, refreshed with it from then on.
 */
public final class ActivePeriod {

    /** No account has it; the database gives one. */
    private static final long NO_ID = 0;

    private ActivePeriod() {}

    /** The kinds of Credits v2 that the subscriber has no account of, and whose allowance the catalogue knows. */
    public static List<CreditKind> missing(Subscriber subscriber, Catalogue catalogue) {
        return View.V2.kinds().stream()
                .filter(kind -> subscriber.account(kind).isEmpty())
                .filter(kind -> catalogue.knows(subscriber.plan(), kind) && catalogue.knows(Catalogue.FREE, kind))
                .toList();
    }

    /** The subscriber with the accounts that are missing, as they would be opened; they have no ids yet. */
    public static Subscriber foreseen(Subscriber subscriber, Catalogue catalogue, Instant now) {
        return subscriber.withMore(missing(subscriber, catalogue).stream()
                .map(kind -> open(subscriber, kind, catalogue, now))
                .toList());
    }

    /** The account of {@code kind} as it is opened. */
    public static Account open(Subscriber subscriber, CreditKind kind, Catalogue catalogue, Instant now) {
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
        long amount = amount(entitlement, pool, period.start(), catalogue);
        return new Account(
                NO_ID,
                1,
                entitlement,
                cycle,
                new Balance(amount, 0),
                amount,
                period,
                pool.isPresent() ? pool.get().refreshAt() : subscriber.refreshAt(period.end(), now),
                subscriber.placement().view().shows(kind));
    }

    /** Who has cancelled within the period keeps the plan until its end; the pool tells whether it was granted by it. */
    private static long amount(
            Entitlement entitlement, Optional<Account> pool, Instant periodStart, Catalogue catalogue) {
        boolean isPaid = entitlement.billingState() != BillingState.CANCELLED
                || (pool.isPresent()
                        && pool.get().grantedThisPeriod()
                                > catalogue
                                        .allowanceAt(Catalogue.FREE, CreditKind.CREDITS, periodStart)
                                        .amount());
        return isPaid && entitlement.billingState() == BillingState.CANCELLED
                ? catalogue
                        .allowanceAt(entitlement.plan(), entitlement.kind(), periodStart)
                        .amount()
                : entitlement.dueAt(periodStart, catalogue).amount();
    }
}
