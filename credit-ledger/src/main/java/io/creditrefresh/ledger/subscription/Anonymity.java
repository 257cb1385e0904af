package io.creditrefresh.ledger.subscription;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.movement.SubscriberChange;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a subscriber's id away, and their accounts off the schedule for good: held, and paid for by nobody, so that
 * nothing is owed to them either. No credit moves; each account gets an entry.
 */
public final class Anonymity {

    private Anonymity() {}

    /**
     * The subscriber without their id.
     *
     * @param anonymousId see {@link io.creditrefresh.ledger.account.AnonymousId}
     */
    public static SubscriberChange apply(Subscriber subscriber, String anonymousId) {
        Subscriber after = subscriber.withUserId(anonymousId).withHold(true).withBillingState(BillingState.CANCELLED);
        return SubscriberChange.of(
                subscriber,
                after,
                subscriber.accounts().stream()
                        .map(account -> movement(account, subscriber.onHold()))
                        .toList());
    }

    private static Movement movement(Account account, boolean wasOnHold) {
        Account after = account.next()
                .entitlement(account.entitlement().withBilling(BillingState.CANCELLED, null))
                .refreshAt(null)
                .account();
        return Movement.of(account, after, EntryType.SETTINGS, details(account, wasOnHold));
    }

    private static Map<String, @Nullable Object> details(Account account, boolean wasOnHold) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("anonymisedBefore", false);
        details.put("anonymised", true);
        details.put("holdBefore", wasOnHold);
        details.put("hold", true);
        details.put("billingStateBefore", account.entitlement().billingState().code());
        details.put("billingState", BillingState.CANCELLED.code());
        return details;
    }
}
