package io.creditrefresh.ledger.subscription;

import static io.creditrefresh.ledger.account.SubscriberFixture.END;
import static io.creditrefresh.ledger.account.SubscriberFixture.START;
import static io.creditrefresh.ledger.account.SubscriberFixture.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Balance;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.movement.Entry;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.movement.SubscriberChange;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CatalogueFixture;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.plan.NoAllowanceException;
import io.creditrefresh.ledger.refresh.Refresh;
import io.creditrefresh.ledger.refresh.RefreshRule;
import io.creditrefresh.ledger.schedule.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanChangeTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.250Z");
    private static final Instant NOW_SECOND = Instant.parse("2026-11-01T12:00:00Z");
    private static final Catalogue CATALOGUE = CatalogueFixture.examples().catalogue();

    @ParameterizedTest
    @CsvSource({
        "200, free, 500, starter, 1000, 1200",
        "1000, starter, 1000, pro, 5000, 6000",
        "5000, pro, 5000, scale, 25000, 30000",
        "0, free, 500, scale, 25000, 25000"
    })
    void addsTheNewPlansFullAmountToWhatIsLeft(
            long left, String plan, long granted, String higher, long amount, long total) {
        Subscriber subscriber = on(plan).holding(left, 0).granted(granted).subscriber();

        SubscriberChange change = to(higher, subscriber);

        assertThat(only(change).balance()).isEqualTo(new Balance(amount, left));
        assertThat(only(change).balance().total()).isEqualTo(total);
        assertThat(only(change).grantedThisPeriod()).isEqualTo(amount);
        assertThat(change.after().plan()).isEqualTo(higher);
        assertThat(only(change).entitlement().plan()).isEqualTo(higher);
    }

    @Test
    void keepsTheBonusAndMovesOnlyTheAllowanceToIt() {
        SubscriberChange change =
                to("pro", on("starter").holding(300, 70).granted(1_000).subscriber());

        assertThat(only(change).balance()).isEqualTo(new Balance(5_000, 370));
    }

    @Test
    void tellsInItsEntryWhatCameAndWhatMoved() {
        SubscriberChange change =
                to("pro", on("starter").holding(300, 70).granted(1_000).subscriber());

        assertThat(Entry.of(change.movements().get(0)))
                .isEqualTo(new Entry(
                        1,
                        CreditKind.CREDITS,
                        6,
                        EntryType.UPGRADE,
                        5_000,
                        370,
                        5_370,
                        5_000L,
                        null,
                        300L,
                        300,
                        NOW_SECOND,
                        Map.of("planBefore", "starter", "plan", "pro")));
    }

    @Test
    void restartsTheClockWhenItGrants() {
        SubscriberChange change =
                to("pro", on("starter").holding(300, 0).granted(1_000).subscriber());

        assertThat(only(change).period()).isEqualTo(new Period(NOW_SECOND, NOW_SECOND.plus(Duration.ofDays(30))));
        assertThat(only(change).refreshAt()).isEqualTo("2026-12-01T15:26:00Z");
    }

    @Test
    void restartsTheClockOfARefreshDayAtTheNearestSuchDay() {
        SubscriberChange change = to(
                "pro",
                on("starter").refreshDay(20).holding(300, 0).granted(1_000).subscriber());

        assertThat(only(change).period()).isEqualTo(new Period(NOW_SECOND, Instant.parse("2026-11-20T00:00:00Z")));
        assertThat(only(change).refreshAt()).isEqualTo("2026-11-20T15:26:00Z");
    }

    @Test
    void restartsTheClockWhenTheProviderSaysAndNoEarlierThanThePeriodBegan() {
        Subscriber subscriber = on("starter").holding(300, 0).granted(1_000).subscriber();
        Instant earlier = Instant.parse("2026-10-25T08:00:00.9Z");

        SubscriberChange since = PlanChange.apply(subscriber, "pro", CATALOGUE, earlier, NOW);
        SubscriberChange atTheStart = PlanChange.apply(subscriber, "pro", CATALOGUE, START, NOW);
        SubscriberChange older = PlanChange.apply(subscriber, "pro", CATALOGUE, START.minusSeconds(1), NOW);

        assertThat(only(since).period().start()).isEqualTo("2026-10-25T08:00:00Z");
        assertThat(only(since).period().end()).isEqualTo("2026-11-24T08:00:00Z");
        assertThat(only(atTheStart).period()).isEqualTo(new Period(START, END));
        assertThat(only(older).period()).isEqualTo(new Period(START, END));
        assertThat(only(older).refreshAt()).isEqualTo("2026-11-19T15:26:00Z");
        assertThat(only(older).balance()).isEqualTo(new Balance(5_000, 300));
    }

    @Test
    void grantsOnceForUpAndDownAndUpAgain() {
        Subscriber starter = on("starter").holding(300, 0).granted(1_000).subscriber();

        Subscriber up = to("pro", starter).after();
        SubscriberChange down = to("starter", up);
        SubscriberChange upAgain = to("pro", down.after());

        assertThat(down.movements())
                .extracting(Movement::type, Movement::amount)
                .containsExactly(tuple(EntryType.DOWNGRADE, 0L));
        assertThat(upAgain.movements())
                .extracting(Movement::type, Movement::amount)
                .containsExactly(tuple(EntryType.SETTINGS, 0L));
        assertThat(only(upAgain).balance()).isEqualTo(new Balance(5_000, 300));
        assertThat(only(upAgain).period()).isEqualTo(only(up).period());
    }

    @Test
    void grantsTheStepThatIsHigherThanAllBefore() {
        Subscriber starter = on("starter").holding(300, 0).granted(1_000).subscriber();

        Subscriber downFromPro = to("starter", to("pro", starter).after()).after();
        SubscriberChange scale = to("scale", downFromPro);

        assertThat(only(scale).balance()).isEqualTo(new Balance(25_000, 5_300));
    }

    @Test
    void keepsTheBalanceAtADowngradeUntilTheNextRefreshGivesLess() {
        Subscriber pro = on("pro").holding(4_000, 70).granted(5_000).subscriber();

        SubscriberChange change = to("free", pro);
        Refresh next = RefreshRule.apply(only(change), CATALOGUE, END);

        assertThat(change.movements())
                .extracting(Movement::type, Movement::amount)
                .containsExactly(tuple(EntryType.DOWNGRADE, 0L));
        assertThat(only(change).balance()).isEqualTo(new Balance(4_000, 70));
        assertThat(only(change).period()).isEqualTo(new Period(START, END));
        assertThat(only(change).grantedThisPeriod()).isEqualTo(5_000);
        assertThat(next.after().balance()).isEqualTo(new Balance(500, 70));
    }

    @Test
    void takesNoPartOfACustomAllowance() {
        Subscriber custom =
                on("starter").customAllowance(200).holding(200, 0).granted(200).subscriber();

        SubscriberChange change = to("pro", custom);
        Refresh next =
                RefreshRule.apply(only(change), CATALOGUE, only(change).period().end());

        assertThat(only(change).balance()).isEqualTo(new Balance(5_000, 200));
        assertThat(next.granted()).isEqualTo(200);
    }

    @Test
    void grantsNothingToWhomACustomAllowanceGaveMore() {
        Subscriber custom = on("starter")
                .customAllowance(9_000)
                .holding(9_000, 0)
                .granted(9_000)
                .subscriber();

        assertThat(only(to("pro", custom)).balance()).isEqualTo(new Balance(9_000, 0));
    }

    @Test
    void usesTheAmountOfNow() {
        Catalogue edited = CatalogueFixture.examples()
                .edited("pro", Instant.parse("2026-11-01T00:00:00Z"), 6_000)
                .edited("pro", Instant.parse("2026-11-02T00:00:00Z"), 7_000)
                .catalogue();

        SubscriberChange change =
                PlanChange.apply(on("starter").granted(1_000).subscriber(), "pro", edited, START, NOW);

        assertThat(only(change).balance()).isEqualTo(new Balance(6_000, 0));
    }

    @Test
    void keepsAHeldSubscriberOffTheSchedule() {
        SubscriberChange change =
                to("pro", on("starter").onHold().holding(300, 0).granted(1_000).subscriber());

        assertThat(only(change).balance()).isEqualTo(new Balance(5_000, 300));
        assertThat(only(change).refreshAt()).isNull();
    }

    @Test
    void movesEveryAccountByItsOwnAmount() {
        Catalogue both = CatalogueFixture.examples()
                .giving("starter", CreditKind.ANALYSIS, 80)
                .giving("pro", CreditKind.ANALYSIS, 80)
                .catalogue();
        Subscriber subscriber = on("starter")
                .holding(300, 0)
                .granted(1_000)
                .withAnother(CreditKind.ANALYSIS, 80, 5)
                .subscriber();

        SubscriberChange change = PlanChange.apply(subscriber, "pro", both, NOW, NOW);

        assertThat(change.movements())
                .extracting(Movement::type, Movement::amount)
                .containsExactly(tuple(EntryType.UPGRADE, 5_000L), tuple(EntryType.SETTINGS, 0L));
        assertThat(change.after().accounts().get(1).balance()).isEqualTo(new Balance(80, 5));
    }

    @Test
    void changesNothingOnTheSamePlan() {
        Subscriber subscriber = on("pro").holding(1, 0).granted(1).subscriber();

        assertThat(to("pro", subscriber)).isEqualTo(SubscriberChange.none(subscriber));
    }

    @Test
    void refusesAPlanThatGivesNothingOfAnAccountsKind() {
        assertThatThrownBy(() -> to("gold", on("free").subscriber())).isInstanceOf(NoAllowanceException.class);
    }

    private static SubscriberChange to(String plan, Subscriber subscriber) {
        return PlanChange.apply(subscriber, plan, CATALOGUE, NOW, NOW);
    }

    private static Account only(SubscriberChange change) {
        return only(change.after());
    }

    private static Account only(Subscriber subscriber) {
        return subscriber.accounts().get(0);
    }
}
