package io.creditrefresh.ledger.subscription;

import static io.creditrefresh.ledger.account.SubscriberFixture.END;
import static io.creditrefresh.ledger.account.SubscriberFixture.START;
import static io.creditrefresh.ledger.account.SubscriberFixture.on;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Balance;
import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.movement.Entry;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.SubscriberChange;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CatalogueFixture;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.refresh.Refresh;
import io.creditrefresh.ledger.refresh.RefreshRule;
import io.creditrefresh.ledger.schedule.Period;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TermsChangeTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant SLOT = Instant.parse("2026-11-19T15:26:00Z");
    private static final Instant MUCH_LATER = Instant.parse("2026-11-25T16:00:00Z");
    private static final Instant ITS_NEXT_SLOT = Instant.parse("2026-11-26T15:26:00Z");
    private static final Catalogue CATALOGUE = CatalogueFixture.examples().catalogue();

    private static final Subscriber PRO =
            on("pro").holding(4_000, 70).granted(5_000).subscriber();

    @Test
    void takesAHeldSubscriberOffTheScheduleAndLeavesTheCredits() {
        SubscriberChange change = TermsChange.hold(PRO, true, NOW);

        assertThat(change.after().onHold()).isTrue();
        assertThat(only(change).refreshAt()).isNull();
        assertThat(only(change).isDue(MUCH_LATER)).isFalse();
        assertThat(only(change).balance()).isEqualTo(new Balance(4_000, 70));
        assertThat(only(change).period()).isEqualTo(new Period(START, END));
    }

    @Test
    void writesAnEntryThatMovesNothing() {
        SubscriberChange change = TermsChange.hold(PRO, true, NOW);

        assertThat(change.movements())
                .extracting(Entry::of)
                .containsExactly(new Entry(
                        1,
                        CreditKind.CREDITS,
                        6,
                        EntryType.SETTINGS,
                        0,
                        4_070,
                        4_070,
                        null,
                        null,
                        null,
                        0,
                        START,
                        Map.of("holdBefore", false, "hold", true)));
    }

    @Test
    void putsAReleasedSubscriberBackAtTheirSlotNeverBeforeNow() {
        Subscriber held = TermsChange.hold(PRO, true, NOW).after();

        assertThat(only(TermsChange.hold(held, false, NOW)).refreshAt()).isEqualTo(SLOT);
        assertThat(only(TermsChange.hold(held, false, MUCH_LATER)).refreshAt()).isEqualTo(ITS_NEXT_SLOT);
        assertThat(only(TermsChange.hold(held, false, MUCH_LATER)).isDue(MUCH_LATER))
                .isTrue();
    }

    @Test
    void takesAPastDueSubscriberOffTheScheduleAndBack() {
        Subscriber pastDue = state(PRO, BillingState.PAST_DUE, NOW);
        Subscriber back = state(pastDue, BillingState.ACTIVE, MUCH_LATER);

        assertThat(only(pastDue).refreshAt()).isNull();
        assertThat(only(pastDue).balance()).isEqualTo(new Balance(4_000, 70));
        assertThat(only(back).refreshAt()).isEqualTo(ITS_NEXT_SLOT);
        assertThat(only(back).balance()).isEqualTo(new Balance(4_000, 70));
        assertThat(RefreshRule.apply(only(back), CATALOGUE, MUCH_LATER).granted())
                .isEqualTo(5_000);
    }

    @Test
    void keepsOffTheScheduleWhoIsOnHoldAndPastDueUntilBothHaveEnded() {
        Subscriber both = state(TermsChange.hold(PRO, true, NOW).after(), BillingState.PAST_DUE, NOW);

        SubscriberChange released = TermsChange.hold(both, false, NOW);
        Subscriber paid = state(both, BillingState.ACTIVE, NOW);

        assertThat(only(released).refreshAt()).isNull();
        assertThat(only(paid).refreshAt()).isNull();
        assertThat(only(state(released.after(), BillingState.ACTIVE, NOW)).refreshAt())
                .isEqualTo(SLOT);
        assertThat(only(TermsChange.hold(paid, false, NOW)).refreshAt()).isEqualTo(SLOT);
    }

    @Test
    void refreshesWithTheFreeAmountAfterACancellationEvenACustomOneAndKeepsTheBonus() {
        Subscriber custom = on("pro")
                .customAllowance(9_000)
                .holding(4_000, 70)
                .granted(9_000)
                .subscriber();

        Subscriber cancelled = state(custom, BillingState.CANCELLED, NOW);
        Refresh next = RefreshRule.apply(only(cancelled), CATALOGUE, END);
        Refresh afterThat =
                RefreshRule.apply(next.after(), CATALOGUE, next.after().period().end());

        assertThat(cancelled.plan()).isEqualTo("pro");
        assertThat(only(cancelled).balance()).isEqualTo(new Balance(4_000, 70));
        assertThat(only(cancelled).refreshAt()).isEqualTo(SLOT);
        assertThat(next.after().balance()).isEqualTo(new Balance(500, 70));
        assertThat(next.amount()).isEqualTo(-3_500);
        assertThat(afterThat.after().balance()).isEqualTo(new Balance(500, 70));
    }

    @Test
    void givesTheCustomAllowanceAgainOnceASubscriptionIsActiveAgain() {
        Subscriber custom = on("pro")
                .customAllowance(9_000)
                .holding(4_000, 70)
                .granted(9_000)
                .subscriber();

        Subscriber back = state(state(custom, BillingState.CANCELLED, NOW), BillingState.ACTIVE, NOW);

        assertThat(RefreshRule.apply(only(back), CATALOGUE, END).granted()).isEqualTo(9_000);
    }

    @Test
    void refreshesAfterWhatIsPaidForWithTheFreeAmount() {
        SubscriberChange change = TermsChange.billingState(PRO, BillingState.ACTIVE, END, NOW);
        SubscriberChange renewed = TermsChange.billingState(change.after(), BillingState.ACTIVE, null, NOW);

        assertThat(change.movements()).hasSize(1);
        assertThat(RefreshRule.apply(only(change), CATALOGUE, END).granted()).isEqualTo(500);
        assertThat(RefreshRule.apply(only(renewed), CATALOGUE, END).granted()).isEqualTo(5_000);
    }

    @Test
    void leavesTheCurrentPeriodWhenTheRefreshDayChanges() {
        SubscriberChange change = TermsChange.refreshDay(PRO, 31, NOW);

        assertThat(change.after().refreshDay()).isEqualTo(31);
        assertThat(only(change).period()).isEqualTo(new Period(START, END));
        assertThat(only(change).refreshAt()).isEqualTo(SLOT);
        assertThat(ends(only(change), 3))
                .containsExactly("2026-12-31T00:00:00Z", "2027-01-31T00:00:00Z", "2027-02-28T00:00:00Z");
    }

    @Test
    void endsPeriodsOnTheLastDayOfAShorterMonthAndComesBackToTheDay() {
        Account account = on("pro")
                .refreshDay(31)
                .period("2026-12-31T00:00:00Z", "2027-01-31T00:00:00Z")
                .granted(5_000)
                .account();

        assertThat(ends(account, 4))
                .containsExactly(
                        "2027-02-28T00:00:00Z", "2027-03-31T00:00:00Z", "2027-04-30T00:00:00Z", "2027-05-31T00:00:00Z");
    }

    @Test
    void goesBackToThirtyDaysFromTheNextBoundary() {
        Subscriber monthly = on("pro").refreshDay(19).granted(5_000).subscriber();

        Account account = only(TermsChange.refreshDay(monthly, null, NOW));

        assertThat(ends(account, 2)).containsExactly("2026-12-19T10:00:00Z", "2027-01-18T10:00:00Z");
    }

    @Test
    void givesACustomAllowanceFromTheNextBoundary() {
        SubscriberChange change = TermsChange.customAllowance(PRO, CreditKind.CREDITS, 9_000L, NOW);
        SubscriberChange cleared = TermsChange.customAllowance(change.after(), CreditKind.CREDITS, null, NOW);

        assertThat(only(change).balance()).isEqualTo(new Balance(4_000, 70));
        assertThat(only(change).grantedThisPeriod()).isEqualTo(5_000);
        assertThat(RefreshRule.apply(only(change), CATALOGUE, END).after().balance())
                .isEqualTo(new Balance(9_000, 70));
        assertThat(RefreshRule.apply(only(cleared), CATALOGUE, END).granted()).isEqualTo(5_000);
    }

    @Test
    void writesNothingWhereNothingChanges() {
        assertThat(List.of(
                        TermsChange.hold(PRO, false, NOW),
                        TermsChange.billingState(PRO, BillingState.ACTIVE, null, NOW),
                        TermsChange.refreshDay(PRO, null, NOW),
                        TermsChange.customAllowance(PRO, CreditKind.CREDITS, null, NOW),
                        TermsChange.customAllowance(PRO, CreditKind.ROAST, 5L, NOW)))
                .containsOnly(SubscriberChange.none(PRO));
    }

    private static Subscriber state(Subscriber subscriber, BillingState state, Instant now) {
        return TermsChange.billingState(subscriber, state, null, now).after();
    }

    private static Account only(SubscriberChange change) {
        return only(change.after());
    }

    private static Account only(Subscriber subscriber) {
        return subscriber.accounts().get(0);
    }

    /** The ends of the next periods, each refreshed as soon as it is due. */
    private static List<String> ends(Account account, int periods) {
        return Stream.iterate(account, each -> RefreshRule.apply(
                                each, CATALOGUE, each.period().end())
                        .after())
                .skip(1)
                .limit(periods)
                .map(each -> each.period().end().toString())
                .toList();
    }
}
