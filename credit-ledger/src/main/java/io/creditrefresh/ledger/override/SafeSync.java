package io.creditrefresh.ledger.override;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.account.Entitlement;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.movement.SubscriberChange;
import io.creditrefresh.ledger.plan.Catalogue;
import java.time.Instant;
import java.util.Map;

/**
 * Grants what the plan owes: the difference between its amount, as in force when the period started, and what has been
 * granted in the period. It never sets a total, lowers nothing, and leaves the clock; done twice it is done once.
 */
public final class SafeSync {

    private SafeSync() {}

    /** Credits that the account's plan owes it, 0 or more. */
    public static long owed(Account account, Catalogue catalogue) {
        Entitlement entitlement = account.entitlement();
        if (entitlement.billingState() != BillingState.ACTIVE || entitlement.customAllowance() != null) {
            return 0;
        }
        Instant periodStart = account.period().start();
        long amount = entitlement.dueAt(periodStart, catalogue).amount();
        return Math.max(0, amount - account.grantedThisPeriod());
    }

    /** Grants all that is owed; nothing where nothing is. */
    public static SubscriberChange apply(Subscriber subscriber, Catalogue catalogue) {
        return SubscriberChange.of(
                subscriber,
                subscriber.accounts().stream()
                        .filter(account -> owed(account, catalogue) > 0)
                        .map(account -> granted(account, owed(account, catalogue)))
                        .toList());
    }

    private static Movement granted(Account account, long owed) {
        Account after = account.next()
                .holding(
                        Math.addExact(account.balance().allowance(), owed),
                        account.balance().bonus())
                .grantedThisPeriod(account.grantedThisPeriod() + owed)
                .account();
        return Movement.of(
                account,
                after,
                EntryType.SYNC,
                Map.of("plan", account.entitlement().plan()));
    }
}
