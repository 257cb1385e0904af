package io.creditrefresh.ledger.account;

import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.schedule.Cycle;
import io.creditrefresh.ledger.schedule.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber in the making, {@code account-1} (slot 15:26 UTC), in the middle of a period of 30 days. Change what a
 * test is about.
 */
public final class SubscriberFixture {

    public static final Instant START = Instant.parse("2026-10-20T10:00:00Z");
    public static final Instant END = Instant.parse("2026-11-19T10:00:00Z");

    private final String plan;
    private BillingState billingState = BillingState.ACTIVE;
    private boolean onHold;
    private @Nullable Integer refreshDay;
    private @Nullable Instant paidUntil;
    private @Nullable Long custom;
    private long allowance;
    private long bonus;
    private long granted;
    private Period period = new Period(START, END);
    private final List<Account> more = new ArrayList<>();

    private SubscriberFixture(String plan) {
        this.plan = plan;
    }

    public static SubscriberFixture on(String plan) {
        return new SubscriberFixture(plan);
    }

    /** In credits. */
    public SubscriberFixture holding(long allowanceLeft, long bonusLeft) {
        allowance = allowanceLeft;
        bonus = bonusLeft;
        return this;
    }

    /** In this period, credits. */
    public SubscriberFixture granted(long highest) {
        granted = highest;
        return this;
    }

    public SubscriberFixture inState(BillingState state) {
        billingState = state;
        return this;
    }

    public SubscriberFixture paidUntil(Instant end) {
        paidUntil = end;
        return this;
    }

    public SubscriberFixture onHold() {
        onHold = true;
        return this;
    }

    public SubscriberFixture refreshDay(int day) {
        refreshDay = day;
        return this;
    }

    public SubscriberFixture customAllowance(long credits) {
        custom = credits;
        return this;
    }

    public SubscriberFixture period(String start, String end) {
        period = new Period(Instant.parse(start), Instant.parse(end));
        return this;
    }

    /** Another account, alike but for kind and balance; nothing was granted but what it holds. */
    public SubscriberFixture withAnother(CreditKind kind, long allowanceLeft, long bonusLeft) {
        more.add(account(2 + more.size(), kind, new Balance(allowanceLeft, bonusLeft), allowanceLeft));
        return this;
    }

    public Subscriber subscriber() {
        List<Account> accounts = new ArrayList<>();
        accounts.add(account(1, CreditKind.CREDITS, new Balance(allowance, bonus), granted));
        accounts.addAll(more);
        return bare(accounts);
    }

    /** The first account. */
    public Account account() {
        return subscriber().accounts().get(0);
    }

    private Account account(long id, CreditKind kind, Balance balance, long highest) {
        return new Account(
                id,
                5,
                new Entitlement(kind, plan, billingState, paidUntil, custom),
                Cycle.of(refreshDay),
                balance,
                highest,
                period,
                bare(List.of()).refreshAt(period.end(), period.start()));
    }

    private Subscriber bare(List<Account> accounts) {
        return new Subscriber(7, "account-1", plan, billingState, onHold, refreshDay, accounts);
    }
}
