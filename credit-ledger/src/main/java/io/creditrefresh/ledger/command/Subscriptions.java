package io.creditrefresh.ledger.command;

import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.command.SubscriberChanges.Due;
import io.creditrefresh.ledger.movement.Deed;
import io.creditrefresh.ledger.movement.SubscriberChange;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.rollout.Rollout;
import io.creditrefresh.ledger.store.RolloutStore;
import io.creditrefresh.ledger.subscription.PlanChange;
import io.creditrefresh.ledger.subscription.TermsChange;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
     * Changes settings together, or none of them.
     *
     * @param isExpected whether the subscriber is still as the wish takes them to be; if not, it is refused
     */
    public <T> Outcome<T> changeSettings(
            Command command, SettingsWish wish, Predicate<Subscriber> isExpected, Answers<T> answers)
            throws SQLException {
        return changes.run(
                command.needing(wish.customAllowances().keySet()),
                wish.hold().isPresent() ? Due.FIRST_AND_AFTERWARDS : Due.FIRST,
                scene -> {
                    if (!isExpected.test(scene.subscriber())) {
                        throw Refusal.CHANGED_MEANWHILE.exception();
                    }
                    SubscriberChange change = settings(scene.subscriber(), wish, scene.now());
                    return wish.creditsV2().isEmpty()
                            ? change
                            : change.then(placed(
                                    scene,
                                    command,
                                    change.after(),
                                    wish.creditsV2().get()));
                },
                answers);
    }

    /** The first one that is put into Credits v2 begins the rollout. */
    private static SubscriberChange placed(
            SubscriberChanges.Scene scene, Command command, Subscriber subscriber, Optional<Boolean> override)
            throws SQLException {
        Rollout before = RolloutStore.read(scene.connection());
        if (before.openedAt() == null && !command.dryRun()) {
            // Whoever changes the rollout waits for refreshes, which wait for accounts: only the first one holds both.
            before = RolloutStore.lock(scene.connection());
        }
        Rollout rollout = override.isPresent() ? before.opened(scene.now()) : before;
        Rollouts.checkPlans(scene.connection(), before, rollout);
        if (!command.dryRun()) {
            Deed deed = new Deed(
                    command.cause().actor(),
                    command.deed().map(Deed::role).orElse("none"),
                    "change-rollout",
                    command.cause().reason());
            Rollouts.written(scene.connection(), before, rollout, deed, scene.now());
        }
        return SubscriberChange.of(
                subscriber,
                subscriber.withPlacement(
                        subscriber.placement().overridden(override.orElse(null), subscriber.userId(), rollout)),
                List.of());
    }

    private static SubscriberChange settings(Subscriber subscriber, SettingsWish wish, Instant now) {
        SubscriberChange change = SubscriberChange.none(subscriber);
        for (Map.Entry<CreditKind, Optional<Long>> custom :
                wish.customAllowances().entrySet()) {
            if (subscriber.account(custom.getKey()).isEmpty()) {
                throw Refusal.NO_SUCH_ACCOUNT.exception();
            }
            change = change.then(TermsChange.customAllowance(
                    change.after(), custom.getKey(), custom.getValue().orElse(null), now));
        }
        if (wish.refreshDay().isPresent()) {
            change = change.then(TermsChange.refreshDay(
                    change.after(), wish.refreshDay().get().orElse(null), now));
        }
        if (wish.hold().isPresent()) {
            change = change.then(TermsChange.hold(change.after(), wish.hold().get(), now));
        }
        return change;
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
                command.needing(Set.of(kind)),
                Due.FIRST,
                scene -> TermsChange.customAllowance(scene.subscriber(), kind, credits, scene.now()),
                answers);
    }
}
