package io.creditrefresh.api.explain;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.schedule.Slot;
import java.time.Instant;
import java.util.OptionalInt;

/** Says in a sentence how a period's end, and the time of its refresh, come to be. */
final class ScheduleText {

    private ScheduleText() {}

    /** How the end of the present period follows from its start. */
    static String end(Account account) {
        Instant start = account.period().start();
        OptionalInt day = account.cycle().refreshDay();
        Instant endOfCycle = account.cycle().endOf(start);
        if (!endOfCycle.equals(account.period().end())) {
            return "Set before the present cycle, or by the billing provider; the cycle itself would end the period at "
                    + endOfCycle;
        }
        return day.isPresent()
                ? "00:00 UTC on day %d of the month, or on its last day, nearest to 30 days after %s"
                        .formatted(day.getAsInt(), start)
                : "30 days of 24 hours after %s".formatted(start);
    }

    /** Why the job of the refresh is emitted when it is, or is not. */
    static String refreshAt(Subscriber subscriber, Account account) {
        Instant at = account.refreshAt();
        if (at == null) {
            return "Never: the user is " + Holds.text(subscriber);
        }
        Slot slot = subscriber.slot();
        String time = HashedSlot.time(slot);
        if (!Slot.at(at).equals(slot)) {
            return "Not at the user's slot, which is %s UTC".formatted(time);
        }
        return at.equals(slot.firstAtOrAfter(account.period().end()))
                ? "The first %s UTC, which is the user's slot, at or after the period's end".formatted(time)
                : "A later %s UTC, which is the user's slot: the period had ended before it was scheduled"
                        .formatted(time);
    }
}
