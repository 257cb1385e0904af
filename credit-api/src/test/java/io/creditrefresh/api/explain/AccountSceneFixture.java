package io.creditrefresh.api.explain;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Balance;
import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.account.Entitlement;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.plan.PlanAllowance;
import io.creditrefresh.ledger.plan.Rollover;
import io.creditrefresh.ledger.schedule.Cycle;
import io.creditrefresh.ledger.schedule.Period;
import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.trail.LedgerSum;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A scene without a database: user {@code account-1}, slot 15:26, on plan pro until 20 November. */
final class AccountSceneFixture {

    static final Instant START = Instant.parse("2026-10-21T10:00:00Z");
    static final Instant END = Instant.parse("2026-11-20T10:00:00Z");
    static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    private Entitlement entitlement = new Entitlement(CreditKind.CREDITS, "pro", BillingState.ACTIVE, null, null);
    private Cycle cycle = Cycle.of(null);
    private Rollover rollover = Rollover.NONE;
    private long allowance = 700;
    private boolean hold;
    private Instant now = NOW;
    private Period period = new Period(START, END);
    private @Nullable Instant refreshAt = Instant.parse("2026-11-20T15:26:00Z");

    AccountSceneFixture entitled(UnaryOperator<Entitlement> change) {
        entitlement = change.apply(entitlement);
        return this;
    }

    AccountSceneFixture cycle(Cycle other, Period itsPeriod, Instant itsRefreshAt) {
        cycle = other;
        period = itsPeriod;
        refreshAt = itsRefreshAt;
        return this;
    }

    AccountSceneFixture rollover(Rollover cap) {
        rollover = cap;
        return this;
    }

    AccountSceneFixture left(long credits) {
        allowance = credits;
        return this;
    }

    AccountSceneFixture offSchedule(boolean onHold) {
        hold = onHold;
        refreshAt = null;
        return this;
    }

    AccountSceneFixture refreshAt(Instant at) {
        refreshAt = at;
        return this;
    }

    AccountSceneFixture now(Instant at) {
        now = at;
        return this;
    }

    AccountScene scene() {
        Account account = new Account(7, 9, entitlement, cycle, new Balance(allowance, 50), 20_000, period, refreshAt);
        Subscriber subscriber = new Subscriber(
                3, "account-1", entitlement.plan(), entitlement.billingState(), hold, null, List.of(account));
        Catalogue catalogue = new Catalogue(List.of(row("free", 1_000), row("pro", 20_000)));
        Integer phase = refreshAt == null ? null : Phase.of(refreshAt);
        return new AccountScene(
                new AccountScene.Moment(subscriber, catalogue, true, now),
                account,
                new LedgerSum(7, phase, 9, 9, 750, true, 0, 50, 50, false, Optional.empty()),
                null);
    }

    private PlanAllowance row(String plan, long amount) {
        return new PlanAllowance(plan, CreditKind.CREDITS, Instant.MIN, amount, rollover);
    }
}
