package io.creditrefresh.ledger.subscription;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.movement.SubscriberChange;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.schedule.Period;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of plan. It never lowers a balance.
 *
 * <p>An <em>upgrade</em> gives an amount above every one that was granted in this period: what is left of the allowance
 * moves to the bonus, the allowance becomes the new plan's full amount, and the clock restarts. Anything else changes the
 * plan alone; a lower amount comes with the next refresh. So up, down and up again within a period grants once.
 */
public final class PlanChange {

    private PlanChange() {}

    /**
     * The change of a subscriber without a due refresh; nothing if the plan is theirs already.
     *
     * @param changedAt when the plan changed, not after {@code now}; a period never starts before the one it replaces
     * @throws io.creditrefresh.ledger.plan.NoAllowanceException if the catalogue does not know the plan
     */
    public static SubscriberChange apply(
            Subscriber subscriber, String plan, Catalogue catalogue, Instant changedAt, Instant now) {
        if (plan.equals(subscriber.plan())) {
            return SubscriberChange.none(subscriber);
        }
        return SubscriberChange.of(
                subscriber,
                subscriber.withPlan(plan),
                subscriber.accounts().stream()
                        .map(account -> movement(subscriber, account, plan, catalogue, changedAt, now))
                        .toList());
    }

    private static Movement movement(
            Subscriber subscriber, Account account, String plan, Catalogue catalogue, Instant changedAt, Instant now) {
        String planBefore = account.entitlement().plan();
        long amount = catalogue.allowanceAt(plan, account.kind(), now).amount();
        Map<String, @Nullable Object> details = Map.of("planBefore", planBefore, "plan", plan);
        Account.Next next = account.next().entitlement(account.entitlement().withPlan(plan));
        if (amount <= account.grantedThisPeriod()) {
            boolean lower = catalogue.isLower(plan, planBefore, account.kind(), now);
            return Movement.of(account, next.account(), lower ? EntryType.DOWNGRADE : EntryType.SETTINGS, details);
        }
        long left = account.balance().allowance();
        long carried = account.isInView() ? left : 0;
        // Of the other view nothing is carried over, and nothing is taken away either.
        long allowance = account.isInView() ? amount : Math.max(amount, left);
        next.holding(allowance, Math.addExact(account.balance().bonus(), carried))
                .grantedThisPeriod(amount);
        Instant start = changedAt.truncatedTo(ChronoUnit.SECONDS);
        if (!start.isBefore(account.period().start())) {
            Period period = new Period(start, account.cycle().endOf(start));
            next.period(period, subscriber.refreshAt(period.end(), now));
        }
        Account after = next.account();
        long granted = after.balance().total() - account.balance().total();
        return new Movement(account, after, EntryType.UPGRADE, granted, carried, details, null);
    }
}
