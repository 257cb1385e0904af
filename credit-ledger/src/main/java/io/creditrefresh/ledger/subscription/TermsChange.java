package io.creditrefresh.ledger.subscription;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.movement.SubscriberChange;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.schedule.Cycle;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Changes of what decides when, and with how much, a subscriber is refreshed. No credit moves; each account that is
 * concerned gets an entry, so that nobody who has read it before can refresh it by what it was.
 */
public final class TermsChange {

    private TermsChange() {}

    /** Takes a subscriber off the schedule, or puts them back; nothing if they are there already. */
    public static SubscriberChange hold(Subscriber subscriber, boolean hold, Instant now) {
        return subscriber.onHold() == hold
                ? SubscriberChange.none(subscriber)
                : changed(subscriber, subscriber.withHold(hold), "hold", !hold, hold, now);
    }

    /**
     * Whether the plan is paid for. Past due takes a subscriber off the schedule; cancelled leaves the plan until the
     * period's end.
     *
     * @param paidUntil the billing provider's period end after which a subscription that is not renewed is over
     */
    public static SubscriberChange billingState(
            Subscriber subscriber, BillingState state, @Nullable Instant paidUntil, Instant now) {
        Subscriber after = subscriber.withBillingState(state);
        List<Movement> movements = subscriber.accounts().stream()
                .filter(account -> account.entitlement().billingState() != state
                        || !Objects.equals(account.entitlement().paidUntil(), paidUntil))
                .map(account -> movement(
                        account,
                        account.next()
                                .entitlement(account.entitlement().withBilling(state, paidUntil))
                                .refreshAt(after.refreshAt(account.period().end(), now)),
                        details(
                                "billingState",
                                account.entitlement().billingState().code(),
                                state.code())))
                .toList();
        return SubscriberChange.of(subscriber, after, movements);
    }

    /**
     * The day of the month on which periods end, from the next boundary on.
     *
     * @param day 1 to 31; null: every 30 days
     */
    public static SubscriberChange refreshDay(Subscriber subscriber, @Nullable Integer day, Instant now) {
        if (Objects.equals(subscriber.refreshDay(), day)) {
            return SubscriberChange.none(subscriber);
        }
        return changed(subscriber, subscriber.withRefreshDay(day), "refreshDay", subscriber.refreshDay(), day, now);
    }

    /**
     * Credits per period in place of the plan's, from the next boundary on.
     *
     * @param credits 0 or more; null: the plan's
     */
    public static SubscriberChange customAllowance(
            Subscriber subscriber, CreditKind kind, @Nullable Long credits, Instant now) {
        List<Movement> movements = subscriber.accounts().stream()
                .filter(account -> account.kind() == kind
                        && !Objects.equals(account.entitlement().customAllowance(), credits))
                .map(account -> movement(
                        account,
                        account.next()
                                .entitlement(account.entitlement().withCustomAllowance(credits))
                                .refreshAt(subscriber.refreshAt(account.period().end(), now)),
                        details("customAllowance", account.entitlement().customAllowance(), credits)))
                .toList();
        return SubscriberChange.of(subscriber, movements);
    }

    private static SubscriberChange changed(
            Subscriber before,
            Subscriber after,
            String what,
            @Nullable Object valueBefore,
            @Nullable Object value,
            Instant now) {
        return SubscriberChange.of(
                before,
                after,
                before.accounts().stream()
                        .map(account -> movement(
                                account,
                                account.next()
                                        .cycle(Cycle.of(after.refreshDay()))
                                        .refreshAt(
                                                after.refreshAt(account.period().end(), now)),
                                details(what, valueBefore, value)))
                        .toList());
    }

    private static Movement movement(Account account, Account.Next next, Map<String, @Nullable Object> details) {
        return Movement.of(account, next.account(), EntryType.SETTINGS, details);
    }

    private static Map<String, @Nullable Object> details(String what, @Nullable Object before, @Nullable Object after) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put(what + "Before", before);
        details.put(what, after);
        return details;
    }
}
