package io.creditrefresh.ledger.reference;

import java.util.List;
import java.util.Map;

/**
 * Everything that can be done to a subscriber, and what is then to be seen. {@code now} is in epoch milliseconds, every
 * other instant in epoch seconds. What is done answers {@code "done"}, or why it was not.
 */
interface Subject {

    String DONE = "done";

    /** A refresh job of the period end {@code dueAt}. */
    String job(String kind, long dueAt, long now);

    /** Refreshes every account that is due. */
    String refreshDue(long now);

    String changePlan(String plan, long changedAt, long now);

    String bill(String state, long paidUntil, long now);

    String hold(boolean on, long now);

    /** 0 for every 30 days. */
    String refreshDay(int day, long now);

    /** {@link Purse#NONE} for the plan's. */
    String customAllowance(String kind, long credits, long now);

    String fillUp(long now);

    String reset(long now);

    String adjust(String kind, long credits);

    /** Takes back the refresh that is entry {@code seq} of the account. */
    String restore(String kind, long seq);

    String sync();

    String spend(Map<String, Long> amounts, String key);

    String refund(String key);

    long owed(String kind);

    List<Purse> purses();

    /** All lines so far, in the order in which they were written. */
    List<Line> lines();
}
