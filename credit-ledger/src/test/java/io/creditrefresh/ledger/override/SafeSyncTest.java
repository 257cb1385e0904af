package io.creditrefresh.ledger.override;

import static io.creditrefresh.ledger.account.SubscriberFixture.END;
import static io.creditrefresh.ledger.account.SubscriberFixture.START;
import static io.creditrefresh.ledger.account.SubscriberFixture.on;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Balance;
import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.account.SubscriberFixture;
import io.creditrefresh.ledger.movement.Entry;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.SubscriberChange;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.CatalogueFixture;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.refresh.RefreshRule;
import io.creditrefresh.ledger.schedule.Period;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SafeSyncTest {

    private static final Catalogue CATALOGUE = CatalogueFixture.examples().catalogue();

    @Test
    void grantsWhatThePlanGivesAboveWhatWasGranted() {
        SubscriberChange change =
                SafeSync.apply(on("pro").holding(100, 70).granted(1_000).subscriber(), CATALOGUE);

        assertThat(only(change).balance()).isEqualTo(new Balance(4_100, 70));
        assertThat(only(change).grantedThisPeriod()).isEqualTo(5_000);
        assertThat(only(change).period()).isEqualTo(new Period(START, END));
        assertThat(change.movements())
                .extracting(Entry::of)
                .containsExactly(new Entry(
                        1,
                        CreditKind.CREDITS,
                        6,
                        EntryType.SYNC,
                        4_000,
                        170,
                        4_170,
                        4_000L,
                        null,
                        null,
                        0,
                        START,
                        Map.of("plan", "pro")));
    }

    @Test
    void doneTwiceIsDoneOnce() {
        Subscriber synced = SafeSync.apply(
                        on("pro").holding(100, 70).granted(1_000).subscriber(), CATALOGUE)
                .after();

        assertThat(SafeSync.apply(synced, CATALOGUE)).isEqualTo(SubscriberChange.none(synced));
    }

    @Test
    void setsNoTotalAndLowersNothing() {
        Subscriber spent = on("pro").holding(0, 0).granted(5_000).subscriber();
        Subscriber rich = on("free").holding(4_000, 9_000).granted(5_000).subscriber();

        assertThat(SafeSync.apply(spent, CATALOGUE)).isEqualTo(SubscriberChange.none(spent));
        assertThat(SafeSync.apply(rich, CATALOGUE)).isEqualTo(SubscriberChange.none(rich));
    }

    @Test
    void owesNobodyAnythingWhenAPlanIsEdited() {
        Catalogue edited = CatalogueFixture.examples()
                .edited("starter", START.plusSeconds(1), 1_100)
                .catalogue();
        Account account = on("starter").holding(400, 0).granted(1_000).account();

        assertThat(SafeSync.owed(account, edited)).isZero();
        assertThat(RefreshRule.apply(account, edited, END).granted()).isEqualTo(1_100);
    }

    @Test
    void owesTheAmountInForceWhenThePeriodBegan() {
        Catalogue edited =
                CatalogueFixture.examples().edited("starter", START, 1_100).catalogue();

        assertThat(SafeSync.owed(on("starter").granted(1_000).account(), edited))
                .isEqualTo(100);
    }

    @Test
    void owesOnlyActiveSubscribersWithoutACustomAllowance() {
        SubscriberFixture pastDue = on("pro").inState(BillingState.PAST_DUE);
        SubscriberFixture cancelled = on("pro").inState(BillingState.CANCELLED);
        SubscriberFixture custom = on("pro").customAllowance(9_000);

        assertThat(SafeSync.owed(pastDue.account(), CATALOGUE)).isZero();
        assertThat(SafeSync.owed(cancelled.account(), CATALOGUE)).isZero();
        assertThat(SafeSync.owed(custom.account(), CATALOGUE)).isZero();
        assertThat(SafeSync.owed(on("pro").onHold().account(), CATALOGUE)).isEqualTo(5_000);
    }

    @Test
    void owesWhatIsPaidForAtThePeriodsStart() {
        assertThat(SafeSync.owed(on("pro").paidUntil(START).account(), CATALOGUE))
                .isEqualTo(500);
        assertThat(SafeSync.owed(on("pro").paidUntil(START.plusSeconds(1)).account(), CATALOGUE))
                .isEqualTo(5_000);
    }

    @Test
    void syncsEachAccountThatIsOwed() {
        Catalogue both = CatalogueFixture.examples()
                .giving("pro", CreditKind.ANALYSIS, 80)
                .giving("pro", CreditKind.ROAST, 8)
                .catalogue();
        Subscriber subscriber = on("pro")
                .holding(5_000, 0)
                .granted(5_000)
                .withAnother(CreditKind.ANALYSIS, 30, 1)
                .withAnother(CreditKind.ROAST, 8, 0)
                .subscriber();

        SubscriberChange change = SafeSync.apply(subscriber, both);

        assertThat(change.movements())
                .extracting(movement -> movement.before().kind() + " " + movement.amount())
                .containsExactly("ANALYSIS 50");
    }

    private static Account only(SubscriberChange change) {
        return change.after().accounts().get(0);
    }
}
