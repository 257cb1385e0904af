package io.creditrefresh.api.explain;

import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.account.Subscriber;

/** Says what keeps a user off the schedule. */
final class Holds {

    private Holds() {}

    static boolean isPastDue(Subscriber subscriber) {
        return subscriber.billingState() == BillingState.PAST_DUE;
    }

    /** As {@code on hold}; for those who are off the schedule. */
    static String text(Subscriber subscriber) {
        if (subscriber.onHold()) {
            return isPastDue(subscriber) ? "on hold and past due" : "on hold";
        }
        return isPastDue(subscriber) ? "past due" : "off the schedule, although neither on hold nor past due";
    }
}
