package io.creditrefresh.ledger.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Balance;
import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.account.Entitlement;
import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.plan.NoAllowanceException;
import io.creditrefresh.ledger.plan.PlanAllowance;
import io.creditrefresh.ledger.plan.Rollover;
import io.creditrefresh.ledger.schedule.Cycle;
import io.creditrefresh.ledger.schedule.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefreshRuleTest {

    private static final Instant START = Instant.parse("2026-10-20T10:00:00Z");
    private static final Instant END = Instant.parse("2026-11-19T10:00:00Z");
    private static final Instant REFRESH_AT = Instant.parse("2026-11-19T15:26:00Z");
    private static final Instant NOW = Instant.parse("2026-11-19T15:26:30Z");

    private static final Entitlement PRO = new Entitlement(CreditKind.CREDITS, "pro", BillingState.ACTIVE, null, null);
    private static final Catalogue CATALOGUE = catalogue(Rollover.NONE);

    @Test
    void grantsThePlansAmountAndLeavesTheBonusAlone() {
        Refresh refresh = RefreshRule.apply(account(PRO, new Balance(300, 50)), CATALOGUE, NOW);

        assertThat(refresh.after().balance()).isEqualTo(new Balance(20_000, 50));
        assertThat(refresh.after().grantedThisPeriod()).isEqualTo(20_000);
        assertThat(refresh.lapsed()).isEqualTo(300);
        assertThat(refresh.carried()).isZero();
        assertThat(refresh.amount()).isEqualTo(19_700);
    }

    @Test
    void startsTheNewPeriodWhereTheOldOneEndedAndKeepsTheSlot() {
        Refresh refresh = RefreshRule.apply(account(PRO, new Balance(0, 0)), CATALOGUE, NOW);

        assertThat(refresh.after().period()).isEqualTo(new Period(END, END.plus(Duration.ofDays(30))));
        assertThat(refresh.nextRefreshAt()).isEqualTo(REFRESH_AT.plus(Duration.ofDays(30)));
        assertThat(refresh.after().version()).isEqualTo(2);
        assertThat(refresh.runDate()).isEqualTo("2026-11-19");
    }

    @Test
    void carriesTheLeftoverUpToTheRolloverCap() {
        Refresh capped = RefreshRule.apply(account(PRO, new Balance(300, 50)), catalogue(new Rollover(100)), NOW);
        Refresh unlimited = RefreshRule.apply(account(PRO, new Balance(300, 50)), catalogue(Rollover.UNLIMITED), NOW);

        assertThat(capped.after().balance()).isEqualTo(new Balance(20_000, 150));
        assertThat(capped.lapsed()).isEqualTo(200);
        assertThat(capped.carried()).isEqualTo(100);
        assertThat(unlimited.after().balance()).isEqualTo(new Balance(20_000, 350));
        assertThat(unlimited.lapsed()).isZero();
    }

    @Test
    void grantsACustomAllowanceInPlaceOfThePlans() {
        Entitlement custom = new Entitlement(CreditKind.CREDITS, "pro", BillingState.ACTIVE, null, 777L);

        assertThat(RefreshRule.apply(account(custom, new Balance(0, 0)), CATALOGUE, NOW)
                        .granted())
                .isEqualTo(777);
    }

    @Test
    void refreshesACancelledAccountWithTheFreeAmountEvenACustomOne() {
        Entitlement cancelled = new Entitlement(CreditKind.CREDITS, "pro", BillingState.CANCELLED, null, 777L);

        Refresh refresh = RefreshRule.apply(account(cancelled, new Balance(20_000, 50)), CATALOGUE, NOW);

        assertThat(refresh.after().balance()).isEqualTo(new Balance(1_000, 50));
        assertThat(refresh.amount()).isEqualTo(-19_000);
    }

    @Test
    void paysOutASubscriptionThatWasNotRenewedUntilItIsOver() {
        Entitlement toTheEnd = new Entitlement(CreditKind.CREDITS, "pro", BillingState.ACTIVE, END, null);
        Entitlement longer = new Entitlement(CreditKind.CREDITS, "pro", BillingState.ACTIVE, END.plusSeconds(1), null);

        assertThat(RefreshRule.apply(account(toTheEnd, new Balance(0, 0)), CATALOGUE, NOW)
                        .granted())
                .isEqualTo(1_000);
        assertThat(RefreshRule.apply(account(longer, new Balance(0, 0)), CATALOGUE, NOW)
                        .granted())
                .isEqualTo(20_000);
    }

    @Test
    void usesTheAmountInForceAtTheNewPeriodsStart() {
        Catalogue edited = new Catalogue(List.of(
                allowance("pro", Instant.MIN, 20_000), allowance("pro", END, 21_000), allowance("pro", NOW, 22_000)));

        assertThat(RefreshRule.apply(account(PRO, new Balance(0, 0)), edited, NOW)
                        .granted())
                .isEqualTo(21_000);
    }

    @Test
    void makesOneRefreshOfSeveralMissedPeriods() {
        Instant late = END.plus(Duration.ofDays(95));

        Refresh refresh = RefreshRule.apply(account(PRO, new Balance(300, 0)), CATALOGUE, late);

        assertThat(refresh.skippedPeriods()).isEqualTo(3);
        assertThat(refresh.granted()).isEqualTo(20_000);
        assertThat(refresh.after().period().start()).isEqualTo(END.plus(Duration.ofDays(90)));
        assertThat(refresh.nextRefreshAt()).isEqualTo(REFRESH_AT.plus(Duration.ofDays(120)));
    }

    @Test
    void advancesTheClockOfAnAmountOfZero() {
        Entitlement nothing = new Entitlement(CreditKind.CREDITS, "pro", BillingState.ACTIVE, null, 0L);

        Refresh refresh = RefreshRule.apply(account(nothing, new Balance(0, 9)), CATALOGUE, NOW);

        assertThat(refresh.amount()).isZero();
        assertThat(refresh.after().period().start()).isEqualTo(END);
        assertThat(refresh.after().balance()).isEqualTo(new Balance(0, 9));
    }

    @Test
    void decidesByPeriodScheduleAndClock() {
        Account due = account(PRO, new Balance(0, 0));
        Account held = new Account(1, 1, PRO, Cycle.of(null), new Balance(0, 0), 0, new Period(START, END), null);

        assertThat(RefreshRule.decide(due, END, CATALOGUE, END)).isInstanceOf(RefreshDecision.Apply.class);
        assertThat(RefreshRule.decide(due, END, CATALOGUE, END.minusSeconds(1))).isEqualTo(RefreshDecision.Not.NOT_DUE);
        assertThat(RefreshRule.decide(due, START, CATALOGUE, NOW)).isEqualTo(RefreshDecision.Not.ALREADY);
        assertThat(RefreshRule.decide(held, END, CATALOGUE, NOW)).isEqualTo(RefreshDecision.Not.OFF_SCHEDULE);
    }

    @Test
    void refusesWhatItCannotCompute() {
        Entitlement unknown = new Entitlement(CreditKind.CREDITS, "gold", BillingState.ACTIVE, null, null);
        Account full = account(PRO, new Balance(1, Long.MAX_VALUE - 1));

        assertThatThrownBy(() -> RefreshRule.apply(account(unknown, new Balance(0, 0)), CATALOGUE, NOW))
                .isInstanceOf(NoAllowanceException.class)
                .hasMessage("the catalogue has no allowance of kind credits for plan gold");
        assertThatThrownBy(() -> RefreshRule.apply(full, CATALOGUE, NOW)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> RefreshRule.apply(full, CATALOGUE, START))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsWhenAFailedJobIsTriedAgain() {
        RefreshFailure.Category category = RefreshFailure.Category.DATABASE;
        Duration hour = Duration.ofHours(1);

        assertThat(List.of(0, 1, 2, 3, 4))
                .map(attempt -> RefreshFailure.of(new RefreshJob(7, END, attempt), category, "x", NOW, hour))
                .extracting(failure -> failure.attempts() + " " + failure.state() + " "
                        + Duration.between(NOW, failure.nextAttemptAt()))
                .containsExactly(
                        "1 RETRYING PT1M",
                        "2 RETRYING PT2M",
                        "3 RETRYING PT4M",
                        "4 EXHAUSTED PT1H",
                        "5 EXHAUSTED PT1H");
    }

    private static Account account(Entitlement entitlement, Balance balance) {
        return new Account(
                1, 1, entitlement, Cycle.of(null), balance, balance.allowance(), new Period(START, END), REFRESH_AT);
    }

    private static Catalogue catalogue(Rollover rollover) {
        return new Catalogue(List.of(
                new PlanAllowance("free", CreditKind.CREDITS, Instant.MIN, 1_000, rollover),
                new PlanAllowance("pro", CreditKind.CREDITS, Instant.MIN, 20_000, rollover)));
    }

    private static PlanAllowance allowance(String plan, Instant validFrom, long amount) {
        return new PlanAllowance(plan, CreditKind.CREDITS, validFrom, amount, Rollover.NONE);
    }
}
