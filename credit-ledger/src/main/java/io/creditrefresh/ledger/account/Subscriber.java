package io.creditrefresh.ledger.account;

import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.rollout.Placement;
import io.creditrefresh.ledger.rollout.Rollout;
import io.creditrefresh.ledger.rollout.View;
import io.creditrefresh.ledger.schedule.Slot;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A user of the SaaS product as this service knows them.
 *
 * @param userId the product's own id of the user
 * @param onHold whether an operator keeps them off the schedule
 * @param refreshDay 1 to 31; null for periods of 30 days
 * @param placement where they stand in the rollout of Credits v2
 * @param accounts in the order of their kinds; may be none
 */
public record Subscriber(
        long id,
        String userId,
        String plan,
        BillingState billingState,
        boolean onHold,
        @Nullable Integer refreshDay,
        Placement placement,
        List<Account> accounts) {

    public Subscriber {
        accounts = List.copyOf(accounts);
    }

    /** One of before the rollout of Credits v2. */
    public Subscriber(
            long id,
            String userId,
            String plan,
            BillingState billingState,
            boolean onHold,
            @Nullable Integer refreshDay,
            List<Account> accounts) {
        this(id, userId, plan, billingState, onHold, refreshDay, Placement.BEFORE_THE_ROLLOUT, accounts);
    }

    public Slot slot() {
        return Slot.of(userId);
    }

    /** While on hold or past due, nothing is refreshed. */
    public boolean isOffSchedule() {
        return onHold || billingState == BillingState.PAST_DUE;
    }

    /**
     * When the planner emits the job of a period that ends at {@code periodEnd}: never before now; null while off the
     * schedule.
     */
    public @Nullable Instant refreshAt(Instant periodEnd, Instant now) {
        return isOffSchedule() ? null : slot().refreshAt(periodEnd, now);
    }

    /** Whether any account is due. */
    public boolean isDue(Instant now) {
        return accounts.stream().anyMatch(account -> account.isDue(now));
    }

    public Optional<Account> account(long accountId) {
        return accounts.stream().filter(account -> account.id() == accountId).findFirst();
    }

    /** Whether all but the accounts is the same. */
    public boolean hasTermsOf(Subscriber other) {
        return withAccounts(other.accounts).equals(other);
    }

    public Subscriber withUserId(String newId) {
        return new Subscriber(id, newId, plan, billingState, onHold, refreshDay, placement, accounts);
    }

    public Subscriber withPlan(String newPlan) {
        return new Subscriber(id, userId, newPlan, billingState, onHold, refreshDay, placement, accounts);
    }

    public Subscriber withBillingState(BillingState state) {
        return new Subscriber(id, userId, plan, state, onHold, refreshDay, placement, accounts);
    }

    public Subscriber withHold(boolean hold) {
        return new Subscriber(id, userId, plan, billingState, hold, refreshDay, placement, accounts);
    }

    public Subscriber withRefreshDay(@Nullable Integer day) {
        return new Subscriber(id, userId, plan, billingState, onHold, day, placement, accounts);
    }

    /**
     * In another place of the rollout. A user in Credits v2 who has none of its accounts yet has the single pool: what is
     * left there is not lost.
     */
    public Subscriber withPlacement(Placement newPlacement) {
        boolean hasOnlyThePool = accounts.stream().allMatch(account -> View.V1.shows(account.kind()));
        return new Subscriber(id, userId, plan, billingState, onHold, refreshDay, newPlacement, accounts)
                .withAccounts(account ->
                        account.inView(hasOnlyThePool || newPlacement.view().shows(account.kind())));
    }

    /** As a rollout places them. */
    public Subscriber placedBy(Rollout rollout) {
        return withPlacement(placement.overridden(placement.override(), userId, rollout));
    }

    /** The account of a kind; empty if there is none. */
    public Optional<Account> account(CreditKind kind) {
        return accounts.stream().filter(account -> account.kind() == kind).findFirst();
    }

    /** With each account replaced by what becomes of it. */
    public Subscriber withAccounts(UnaryOperator<Account> change) {
        return withAccounts(accounts.stream().map(change).toList());
    }

    /** With more accounts, in the order of all kinds. */
    public Subscriber withMore(List<Account> more) {
        return withAccounts(Stream.concat(accounts.stream(), more.stream())
                .sorted(Comparator.comparing(Account::kind))
                .toList());
    }

    private Subscriber withAccounts(List<Account> others) {
        return new Subscriber(id, userId, plan, billingState, onHold, refreshDay, placement, others);
    }
}
