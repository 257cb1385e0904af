package io.creditrefresh.ledger.override;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.movement.SubscriberChange;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.schedule.Period;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Refreshing by hand. A due account is refreshed as ever before these rules see it. */
public final class ManualRefresh {

    private ManualRefresh() {}

    /**
     * Fills the allowance up to what the plan gives now, and leaves the clock; nothing where it is full.
     *
     * @param refreshed accounts that were due and have just been refreshed: that was it
     */
    public static SubscriberChange fillUp(
            Subscriber subscriber, Set<Long> refreshed, Catalogue catalogue, Instant now) {
        List<Movement> movements = subscriber.accounts().stream()
                .filter(account -> !refreshed.contains(account.id()))
                .map(account -> fill(account, catalogue, now))
                .flatMap(Optional::stream)
                .toList();
        return SubscriberChange.of(subscriber, movements);
    }

    /** Has a new period start now, with at least what the plan gives; the bonus is not touched. */
    public static SubscriberChange reset(Subscriber subscriber, Catalogue catalogue, Instant now) {
        List<Movement> movements = subscriber.accounts().stream()
                .map(account -> reset(subscriber, account, catalogue, now))
                .toList();
        return SubscriberChange.of(subscriber, movements);
    }

    /** The same for one account. */
    public static Optional<Movement> fill(Account account, Catalogue catalogue, Instant now) {
        long amount = account.entitlement().dueAt(now, catalogue).amount();
        if (account.balance().allowance() >= amount) {
            return Optional.empty();
        }
        Account after = account.next()
                .holding(amount, account.balance().bonus())
                .grantedThisPeriod(Math.max(account.grantedThisPeriod(), amount))
                .account();
        return Optional.of(Movement.of(account, after, EntryType.MANUAL_REFRESH, Map.of()));
    }

    private static Movement reset(Subscriber subscriber, Account account, Catalogue catalogue, Instant now) {
        Instant start = now.truncatedTo(ChronoUnit.SECONDS);
        Period period = new Period(start, account.cycle().endOf(start));
        long amount = account.entitlement().dueAt(start, catalogue).amount();
        Account after = account.next()
                .holding(
                        Math.max(account.balance().allowance(), amount),
                        account.balance().bonus())
                .grantedThisPeriod(amount)
                .period(period, subscriber.refreshAt(period.end(), now))
                .account();
        return Movement.of(account, after, EntryType.RESET, Map.of());
    }
}
