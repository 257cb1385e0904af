package io.creditrefresh.ledger.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Balance;
import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.account.Entitlement;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.plan.PlanAllowance;
import io.creditrefresh.ledger.plan.Rollover;
import io.creditrefresh.ledger.schedule.Cycle;
import io.creditrefresh.ledger.schedule.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StandingTest {

    private static final Instant START = Instant.parse("2026-10-20T10:00:00Z");
    private static final Instant END = Instant.parse("2026-11-19T10:00:00Z");
    private static final Instant REFRESH_AT = Instant.parse("2026-11-19T15:26:00Z");
    private static final Instant BEFORE_END = END.minusSeconds(1);

    private static final Catalogue CATALOGUE = catalogue(Rollover.NONE);

    @Test
    void isTheAccountAsItIsUntilItsPeriodEnds() {
        Account account = account("pro", BillingState.ACTIVE, new Balance(300, 50), REFRESH_AT);

        assertThat(Standing.of(account, CATALOGUE, BEFORE_END, true)).isEqualTo(asItIs(account, false));
    }

    @Test
    void hasTheNewCreditsFromThePeriodsEndOnAndNotOnlyFromItsSlot() {
        Account account = account("pro", BillingState.ACTIVE, new Balance(300, 50), REFRESH_AT);

        Standing standing = Standing.of(account, CATALOGUE, END, true);

        assertThat(standing.account().balance()).isEqualTo(new Balance(20_000, 50));
        assertThat(standing.account().period()).isEqualTo(new Period(END, END.plus(Duration.ofDays(30))));
        assertThat(standing.due()).hasValueSatisfying(due -> {
            assertThat(due.lapsed()).isEqualTo(300);
            assertThat(due.before()).isEqualTo(account);
        });
        assertThat(standing.overdue()).isFalse();
    }

    @Test
    void carriesOverWhatTheRolloverCapAllows() {
        Account account = account("pro", BillingState.ACTIVE, new Balance(300, 50), REFRESH_AT);

        Standing standing = Standing.of(account, catalogue(new Rollover(100)), END, true);

        assertThat(standing.account().balance()).isEqualTo(new Balance(20_000, 150));
    }

    @Test
    void isInThePeriodThatContainsNowHoweverManyWereMissed() {
        Account account = account("pro", BillingState.ACTIVE, new Balance(300, 50), REFRESH_AT);
        Instant late = END.plus(Duration.ofDays(95));

        Standing standing = Standing.of(account, CATALOGUE, late, true);

        assertThat(standing.account().balance()).isEqualTo(new Balance(20_000, 50));
        assertThat(standing.account().period().start()).isEqualTo(END.plus(Duration.ofDays(90)));
        assertThat(standing.due().orElseThrow().skippedPeriods()).isEqualTo(3);
    }

    @Test
    void staysAsItIsOffTheSchedule() {
        Account held = account("pro", BillingState.ACTIVE, new Balance(300, 50), null);
        Account pastDue = account("pro", BillingState.PAST_DUE, new Balance(300, 50), null);

        assertThat(Standing.of(held, CATALOGUE, REFRESH_AT, true)).isEqualTo(asItIs(held, false));
        assertThat(Standing.of(pastDue, CATALOGUE, REFRESH_AT, true)).isEqualTo(asItIs(pastDue, false));
    }

    @Test
    void hasTheFreeAmountOnceCancelled() {
        Account account = account("pro", BillingState.CANCELLED, new Balance(300, 50), REFRESH_AT);

        assertThat(Standing.of(account, CATALOGUE, BEFORE_END, true).account().balance())
                .isEqualTo(new Balance(300, 50));
        assertThat(Standing.of(account, CATALOGUE, END, true).account().balance())
                .isEqualTo(new Balance(1_000, 50));
    }

    @Test
    void staysAsItIsWhileNobodyRefreshesByHimself() {
        Account account = account("pro", BillingState.ACTIVE, new Balance(300, 50), REFRESH_AT);

        assertThat(Standing.of(account, CATALOGUE, REFRESH_AT, false)).isEqualTo(asItIs(account, false));
    }

    @Test
    void isOverdueWhenTheRulesRefuseIt() {
        Account noAllowance = account("gold", BillingState.ACTIVE, new Balance(300, 50), REFRESH_AT);
        Account full = account("pro", BillingState.ACTIVE, new Balance(300, Long.MAX_VALUE - 300), REFRESH_AT);

        assertThat(Standing.of(noAllowance, CATALOGUE, END, true)).isEqualTo(asItIs(noAllowance, true));
        assertThat(Standing.of(full, CATALOGUE, END, true)).isEqualTo(asItIs(full, true));
        assertThat(Standing.of(noAllowance, CATALOGUE, BEFORE_END, true).overdue())
                .isFalse();
        assertThat(Standing.of(noAllowance, CATALOGUE, END, false).overdue()).isFalse();
    }

    @Test
    void tellsWhatTheNextRefreshDoesIfNothingIsSpent() {
        Account account = account("pro", BillingState.ACTIVE, new Balance(300, 50), REFRESH_AT);

        Refresh next = Standing.of(account, CATALOGUE, BEFORE_END, true)
                .next(CATALOGUE, BEFORE_END)
                .orElseThrow();
        Refresh afterNext = Standing.of(account, CATALOGUE, END, true)
                .next(CATALOGUE, BEFORE_END)
                .orElseThrow();

        assertThat(next.dueAt()).isEqualTo(END);
        assertThat(next.granted()).isEqualTo(20_000);
        assertThat(next.lapsed()).isEqualTo(300);
        assertThat(afterNext.dueAt()).isEqualTo(END.plus(Duration.ofDays(30)));
        assertThat(afterNext.lapsed()).isEqualTo(20_000);
        assertThat(afterNext.after().balance()).isEqualTo(new Balance(20_000, 50));
    }

    @Test
    void tellsWhatTheWaitingRefreshDoesWhileNobodyRefreshesByHimself() {
        Account account = account("pro", BillingState.ACTIVE, new Balance(300, 50), REFRESH_AT);

        Refresh waiting = Standing.of(account, CATALOGUE, REFRESH_AT, false)
                .next(CATALOGUE, BEFORE_END)
                .orElseThrow();

        assertThat(waiting.dueAt()).isEqualTo(END);
        assertThat(waiting.granted()).isEqualTo(20_000);
    }

    @Test
    void tellsOfNoNextRefreshOffTheScheduleOrWhenTheRulesRefuseIt() {
        Account held = account("pro", BillingState.ACTIVE, new Balance(300, 50), null);
        Account noAllowance = account("gold", BillingState.ACTIVE, new Balance(300, 50), REFRESH_AT);

        assertThat(Standing.of(held, CATALOGUE, BEFORE_END, true).next(CATALOGUE, BEFORE_END))
                .isEmpty();
        assertThat(Standing.of(noAllowance, CATALOGUE, BEFORE_END, true).next(CATALOGUE, BEFORE_END))
                .isEmpty();
        assertThat(Standing.of(noAllowance, CATALOGUE, END, true).next(CATALOGUE, BEFORE_END))
                .isEmpty();
    }

    private static Standing asItIs(Account account, boolean overdue) {
        return new Standing(account, Optional.empty(), overdue);
    }

    private static Account account(
            String plan, BillingState billingState, Balance balance, @Nullable Instant refreshAt) {
        Entitlement entitlement = new Entitlement(CreditKind.CREDITS, plan, billingState, null, null);
        return new Account(
                1, 1, entitlement, Cycle.of(null), balance, balance.allowance(), new Period(START, END), refreshAt);
    }

    private static Catalogue catalogue(Rollover rollover) {
        return new Catalogue(List.of(
                new PlanAllowance("free", CreditKind.CREDITS, Instant.MIN, 1_000, rollover),
                new PlanAllowance("pro", CreditKind.CREDITS, Instant.MIN, 20_000, rollover)));
    }
}
