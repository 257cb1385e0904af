package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.command.SubscriberChanges.Due;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.subscription.PlanChange;
import io.creditrefresh.ledger.subscription.TermsChange;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Changes of what a subscriber is entitled to, and when. Each applies a due refresh, whatever the switches say. */
public final class Subscriptions {

    private final SubscriberChanges changes;

    public Subscriptions(LedgerAccess ledger) {
        this.changes = ledger.changes();
    }

    /** Changes the plan now. */
    public <T> Outcome<T> changePlan(Command command, String plan, Answers<T> answers) throws SQLException {
        return changes.run(
                command,
                Due.FIRST,
                scene -> PlanChange.apply(scene.subscriber(), plan, scene.catalogue(), scene.now(), scene.now()),
                answers);
    }

    /**
     * Changes whether the plan is paid for. What cancels or suspends comes before a due refresh, what revives after it.
     *
     * @param paidUntil see {@link TermsChange#billingState}
     */
    public <T> Outcome<T> changeBillingState(
            Command command, BillingState state, @Nullable Instant paidUntil, Answers<T> answers) throws SQLException {
        return changes.run(
                command,
                state == BillingState.ACTIVE ? Due.FIRST_AND_AFTERWARDS : Due.AFTERWARDS,
                scene -> TermsChange.billingState(scene.subscriber(), state, paidUntil, scene.now()),
                answers);
    }

    /** Takes the subscriber off the schedule, or puts them back. */
    public <T> Outcome<T> hold(Command command, boolean hold, Answers<T> answers) throws SQLException {
        return changes.run(
                command,
                Due.FIRST_AND_AFTERWARDS,
                scene -> TermsChange.hold(scene.subscriber(), hold, scene.now()),
                answers);
    }

    /**
     * Changes the day of the month on which periods end.
     *
     * @param day 1 to 31; null: every 30 days
     */
    public <T> Outcome<T> changeRefreshDay(Command command, @Nullable Integer day, Answers<T> answers)
            throws SQLException {
        return changes.run(
                command, Due.FIRST, scene -> TermsChange.refreshDay(scene.subscriber(), day, scene.now()), answers);
    }

    /**
     * Changes the credits per period of one kind.
     *
     * @param credits 0 or more; null: the plan's
     */
    public <T> Outcome<T> changeCustomAllowance(
            Command command, CreditKind kind, @Nullable Long credits, Answers<T> answers) throws SQLException {
        return changes.run(
                command,
                Due.FIRST,
                scene -> TermsChange.customAllowance(scene.subscriber(), kind, credits, scene.now()),
                answers);
    }
}
