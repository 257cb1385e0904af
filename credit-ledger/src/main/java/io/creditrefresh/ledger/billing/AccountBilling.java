package io.creditrefresh.ledger.billing;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Entitlement;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.schedule.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moves one account to new terms and a new period, and gives its claims their due. */
final class AccountBilling {

    private final Account account;
    private final AccountClaims claims;
    private final BillingClock clockBefore;
    private final boolean hasClock;

    AccountBilling(Account account, AccountClaims claims, BillingBook book) {
        this.account = account;
        this.claims = claims;
        Optional<BillingClock> known =
                Optional.ofNullable(book.clocks().get(account.id())).filter(clock -> clock.isOf(account));
        this.hasClock = known.isPresent();
        this.clockBefore = known.orElseGet(() -> BillingClock.startingFrom(account));
    }

    /** The account's period by the clock, its claims, and the provider's own. */
    Period period(Optional<Instant> providersEnd, Instant now) {
        return ClaimedPeriod.of(clockBefore, account, claims.since(clockBefore), providersEnd, now);
    }

    /** The clock if it is worth keeping: once it has moved the period, or claims count from it. */
    Optional<BillingClock> clock(Period period) {
        boolean isKept = hasClock || !claims.toGrant().isEmpty() || !period.equals(account.period());
        return isKept ? Optional.of(clockBefore.set(period)) : Optional.empty();
    }

    /** One movement per claim, the first with the new terms and period; without a claim one with those, if they differ. */
    List<Movement> movements(Entitlement terms, Period period, Subscriber after, Instant now) {
        Account.Next next = account.next();
        boolean isRescheduled = !terms.equals(account.entitlement()) || !period.equals(account.period());
        if (isRescheduled) {
            next.entitlement(terms).period(period, after.refreshAt(period.end(), now));
        }
        if (claims.toGrant().isEmpty()) {
            return isRescheduled ? List.of(changeOfTerms(next.account())) : List.of();
        }
        List<Movement> movements = new ArrayList<>();
        Account before = account;
        for (Claim claim : claims.toGrant()) {
            Movement movement = grant(claim, before, next);
            movements.add(movement);
            before = movement.after();
            next = before.next();
        }
        return movements;
    }

    /**
     * An amount above all that was granted in this period is the new allowance; any other is bonus, in the view that
     * the subscriber is in: the other view's bonus can be spent, too.
     */
    private Movement grant(Claim claim, Account before, Account.Next next) {
        long amount = claims.amountOf(claim.key().plan());
        long left = before.balance().allowance();
        long bonus = before.balance().bonus();
        boolean isAbove = amount > before.grantedThisPeriod();
        long carried = isAbove && before.isInView() ? left : 0;
        if (isAbove) {
            long allowance = before.isInView() ? amount : Math.max(amount, left);
            next.holding(allowance, Math.addExact(bonus, carried)).grantedThisPeriod(amount);
        } else {
            next.holding(left, before.isInView() ? Math.addExact(bonus, amount) : bonus);
        }
        Account after = next.account();
        return new Movement(
                before,
                after,
                EntryType.UPGRADE,
                after.balance().total() - before.balance().total(),
                carried,
                details(claim, after, isAbove),
                claim.key().idempotencyKey());
    }

    private static Map<String, @Nullable Object> details(Claim claim, Account after, boolean isAbove) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("planBefore", claim.planBefore());
        details.put("plan", claim.key().plan());
        details.put("provider", claim.key().subscription().provider());
        details.put("subscription", claim.key().subscription().id());
        details.put("changedAt", claim.at().toString());
        if (!isAbove && after.isInView()) {
            details.put("toBonus", true);
        }
        if (!after.entitlement().plan().equals(claim.key().plan())) {
            details.put("planNow", after.entitlement().plan());
        }
        return details;
    }

    private Movement changeOfTerms(Account next) {
        Entitlement before = account.entitlement();
        Entitlement after = next.entitlement();
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        put(details, "plan", before.plan(), after.plan());
        put(
                details,
                "billingState",
                before.billingState().code(),
                after.billingState().code());
        put(details, "paidUntil", before.paidUntil(), after.paidUntil());
        put(details, "periodStart", account.period().start(), next.period().start());
        put(details, "periodEnd", account.period().end(), next.period().end());
        boolean isLower = claims.isLower(after.plan(), before.plan());
        return Movement.of(account, next, isLower ? EntryType.DOWNGRADE : EntryType.SETTINGS, details);
    }

    private static void put(
            Map<String, @Nullable Object> details, String name, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            details.put(name + "Before", before == null ? null : before.toString());
            details.put(name, after == null ? null : after.toString());
        }
    }
}
