package io.creditrefresh.ledger.override;

import static io.creditrefresh.ledger.account.SubscriberFixture.END;
import static io.creditrefresh.ledger.account.SubscriberFixture.START;
import static io.creditrefresh.ledger.account.SubscriberFixture.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
import io.creditrefresh.ledger.refresh.RefreshRule;
import io.creditrefresh.ledger.schedule.Period;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ManualRefreshTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.250Z");
    private static final Instant NOW_SECOND = Instant.parse("2026-11-01T12:00:00Z");
    private static final Catalogue CATALOGUE =
            CatalogueFixture.examples().giving("pro", CreditKind.ANALYSIS, 80).catalogue();

    @Test
    void fillsTheAllowanceUpToTheAmountAndLeavesBonusAndClock() {
        SubscriberChange change =
                fillUp(on("pro").holding(300, 70).granted(5_000).subscriber());

        assertThat(only(change).balance()).isEqualTo(new Balance(5_000, 70));
        assertThat(only(change).period()).isEqualTo(new Period(START, END));
        assertThat(only(change).refreshAt()).isEqualTo("2026-11-19T15:26:00Z");
        assertThat(only(change).grantedThisPeriod()).isEqualTo(5_000);
    }

    @Test
    void tellsInItsEntryHowMuchItFilled() {
        SubscriberChange change =
                fillUp(on("pro").holding(300, 70).granted(5_000).subscriber());

        assertThat(change.movements())
                .extracting(Entry::of)
                .containsExactly(new Entry(
                        1,
                        CreditKind.CREDITS,
                        6,
                        EntryType.MANUAL_REFRESH,
                        4_700,
                        370,
                        5_070,
                        4_700L,
                        null,
                        null,
                        0,
                        START,
                        Map.of()));
    }

    @Test
    void fillsUpToACustomAllowanceAndToTheFreeAmountOfACancelledPlan() {
        SubscriberChange custom = fillUp(
                on("pro").customAllowance(9_000).holding(300, 0).granted(5_000).subscriber());
        SubscriberChange cancelled = fillUp(on("pro")
                .inState(BillingState.CANCELLED)
                .holding(300, 0)
                .granted(5_000)
                .subscriber());

        assertThat(only(custom).balance()).isEqualTo(new Balance(9_000, 0));
        assertThat(only(custom).grantedThisPeriod()).isEqualTo(9_000);
        assertThat(only(cancelled).balance()).isEqualTo(new Balance(500, 0));
        assertThat(only(cancelled).grantedThisPeriod()).isEqualTo(5_000);
    }

    @Test
    void writesNothingWhereTheAllowanceIsFull() {
        Subscriber full = on("starter").holding(1_000, 0).granted(1_000).subscriber();
        Subscriber fuller = on("starter").holding(4_000, 0).granted(5_000).subscriber();

        assertThat(fillUp(full)).isEqualTo(SubscriberChange.none(full));
        assertThat(fillUp(fuller)).isEqualTo(SubscriberChange.none(fuller));
    }

    @Test
    void fillsOnlyTheAccountsThatHaveRoom() {
        Subscriber subscriber = on("pro")
                .holding(300, 0)
                .granted(5_000)
                .withAnother(CreditKind.ANALYSIS, 80, 0)
                .subscriber();

        assertThat(fillUp(subscriber).movements())
                .extracting(movement -> movement.before().kind())
                .containsExactly(CreditKind.CREDITS);
    }

    @Test
    void isNotOwedAgainByThePlan() {
        SubscriberChange change =
                fillUp(on("pro").holding(300, 0).granted(1_000).subscriber());

        assertThat(SafeSync.owed(only(change), CATALOGUE)).isZero();
    }

    @Test
    void beginsANewPeriodNowWithAtLeastTheAmount() {
        SubscriberChange change =
                reset(on("pro").holding(300, 70).granted(5_000).subscriber());

        assertThat(only(change).balance()).isEqualTo(new Balance(5_000, 70));
        assertThat(only(change).period()).isEqualTo(new Period(NOW_SECOND, Instant.parse("2026-12-01T12:00:00Z")));
        assertThat(only(change).refreshAt()).isEqualTo("2026-12-01T15:26:00Z");
        assertThat(only(change).grantedThisPeriod()).isEqualTo(5_000);
        assertThat(change.movements())
                .extracting(Entry::of)
                .extracting(Entry::type, Entry::amount, Entry::granted, Entry::bonusChange)
                .containsExactly(tuple(EntryType.RESET, 4_700L, 4_700L, 0L));
    }

    @Test
    void neverLowersAnAllowanceByAReset() {
        SubscriberChange change =
                reset(on("free").holding(4_000, 70).granted(5_000).subscriber());

        assertThat(only(change).balance()).isEqualTo(new Balance(4_000, 70));
        assertThat(only(change).grantedThisPeriod()).isEqualTo(500);
        assertThat(change.movements().get(0).amount()).isZero();
    }

    @Test
    void resetsToTheRefreshDay() {
        SubscriberChange change =
                reset(on("pro").refreshDay(10).holding(300, 0).granted(5_000).subscriber());

        assertThat(only(change).period()).isEqualTo(new Period(NOW_SECOND, Instant.parse("2026-12-10T00:00:00Z")));
    }

    @Test
    void letsOnlyTheAllowanceLapseAtTheRefreshAfterAReset() {
        Account account = only(reset(on("pro").holding(300, 70).granted(5_000).subscriber()));

        assertThat(RefreshRule.apply(account, CATALOGUE, account.period().end())
                        .after()
                        .balance())
                .isEqualTo(new Balance(5_000, 70));
    }

    @Test
    void leavesAnAccountThatHasJustBeenRefreshed() {
        Subscriber subscriber = on("pro").holding(300, 70).granted(5_000).subscriber();
        Set<Long> refreshed = Set.of(subscriber.accounts().get(0).id());

        assertThat(ManualRefresh.fillUp(subscriber, refreshed, CATALOGUE, NOW))
                .isEqualTo(SubscriberChange.none(subscriber));
    }

    private static SubscriberChange fillUp(Subscriber subscriber) {
        return ManualRefresh.fillUp(subscriber, Set.of(), CATALOGUE, NOW);
    }

    private static SubscriberChange reset(Subscriber subscriber) {
        return ManualRefresh.reset(subscriber, CATALOGUE, NOW);
    }

    private static Account only(SubscriberChange change) {
        return change.after().accounts().get(0);
    }
}
