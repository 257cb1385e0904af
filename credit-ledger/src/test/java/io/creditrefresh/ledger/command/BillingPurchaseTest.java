package io.creditrefresh.ledger.command;

import static io.creditrefresh.ledger.command.CommandLedger.WITHIN;
import static io.creditrefresh.ledger.command.CommandLedger.value;
import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.provider.FakeSubscription;
import io.creditrefresh.ledger.provider.ProviderStatus;
import io.creditrefresh.ledger.provider.Snapshot;
import io.creditrefresh.ledger.spend.SpendOrder;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A purchase is granted once, whoever tells of it and when. */
class BillingPurchaseTest {

    private final BillingScene scene = new BillingScene();
    private final FakeSubscription subscription =
            FakeSubscription.of("sub_1", "pro", ProviderStatus.INCOMPLETE, WITHIN);

    @AfterEach
    void close() throws SQLException {
        scene.close();
    }

    /** What else tells of the purchase. */
    private enum Told {
        PROVISION,
        CHANGE_PLAN,
        SYNC
    }

    static Stream<Arguments> placesOfAnotherWord() {
        return Stream.of(Told.values())
                .flatMap(told -> IntStream.rangeClosed(0, 4).mapToObj(place -> Arguments.of(told, place)));
    }

    @ParameterizedTest
    @MethodSource("placesOfAnotherWord")
    void isGrantedOnceWhereverAnotherWordOfItComesBetweenTheEvents(Told told, int place) throws SQLException {
        scene.provisioned("bob", "free");
        scene.ledger.now = WITHIN.plusSeconds(30);
        Snapshot created = subscription.created();
        Snapshot active = subscription.changedTo(ProviderStatus.ACTIVE, WITHIN.plusSeconds(5));
        Snapshot asked = subscription.asked(WITHIN.plusSeconds(20));
        List<Step> steps = List.of(
                () -> scene.told("bob", created),
                () -> scene.told("bob", active),
                () -> scene.paid("bob"),
                () -> scene.told("bob", active));

        for (int i = 0; i <= steps.size(); i++) {
            if (i == place) {
                say(told, asked);
            }
            if (i < steps.size()) {
                steps.get(i).take();
            }
        }

        assertThat(scene.ledger.database.query("SELECT string_agg(type || ' ' || granted, ', ' ORDER BY seq) FROM"
                        + " ledger_entry WHERE granted > 0"))
                .isEqualTo("PROVISION 1000, UPGRADE 20000");
        assertThat(scene.end("bob")).startsWith("pro active 21000");
        assertThat(scene.audit()).isEmpty();
    }

    private interface Step {
        void take() throws SQLException;
    }

    private void say(Told told, Snapshot asked) throws SQLException {
        switch (told) {
            case PROVISION -> scene.provisioned("bob", "pro");
            case CHANGE_PLAN -> scene.changedByAdmin("bob", "pro");
            case SYNC -> scene.synced("bob", asked);
        }
    }

    @Test
    void isNotGrantedWhileItIsNotPaid() throws SQLException {
        scene.ledger.open(user("bob").holding(300, 0));

        scene.told("bob", subscription.created());
        scene.told("bob", subscription.changedTo(ProviderStatus.INCOMPLETE_EXPIRED, WITHIN.plusSeconds(90)));

        assertThat(scene.end("bob")).startsWith("free active 300");
        assertThat(scene.ledger.entries("bob")).containsExactly("credits IMPORT 300");
    }

    @Test
    void anUpgradeThatIsNeverPaidGrantsNothing() throws SQLException {
        scene.ledger.open(user("bob").holding(300, 0));
        FakeSubscription upgraded = FakeSubscription.of("sub_2", "starter", ProviderStatus.ACTIVE, WITHIN);
        scene.told("bob", upgraded.created());

        scene.told("bob", upgraded.changed("pro", ProviderStatus.PAST_DUE, null, WITHIN.plusSeconds(60)));
        scene.told("bob", upgraded.deleted(WITHIN.plusSeconds(120)));

        assertThat(scene.ledger.database.query("SELECT sum(granted) FROM ledger_entry WHERE type = 'UPGRADE'"))
                .isEqualTo("5000");
        assertThat(scene.end("bob")).startsWith("pro cancelled 5300");
    }

    @Test
    void subscribingSpendingAndCancellingFiveTimesInADayGrantsEachPurchaseOnce() throws SQLException {
        scene.ledger.open(user("bob").holding(300, 0));
        Spending spending = new Spending(scene.ledger.access);
        for (int i = 0; i < 5; i++) {
            Instant at = WITHIN.plus(Duration.ofHours(i));
            scene.ledger.now = at.plusSeconds(60);
            FakeSubscription bought = FakeSubscription.of("sub_" + (i + 10), "pro", ProviderStatus.ACTIVE, at);
            Snapshot created = bought.created();
            scene.told("bob", created);
            value(spending.spend(new SpendOrder(
                    "bob",
                    Map.of(CreditKind.CREDITS, 20_000L),
                    "user:bob",
                    Map.of(),
                    CommandLedger.request("spend-" + i, i))));
            scene.told("bob", bought.deleted(at.plusSeconds(30)));
            scene.told("bob", created);
            scene.paid("bob");
        }

        assertThat(scene.ledger.database.query(
                        "SELECT count(*) || ' ' || sum(granted) FROM ledger_entry WHERE type = 'UPGRADE'"))
                .isEqualTo("5 100000");
        assertThat(scene.end("bob")).startsWith("pro cancelled 300");
        assertThat(scene.audit()).isEmpty();
    }

    @Test
    void anAnnualPlanWithItsRenewalSwitchedOffKeepsItsAmountsUntilItIsOver() throws SQLException {
        scene.ledger.open(user("bob").holding(300, 0));
        FakeSubscription annual = FakeSubscription.annual("sub_1", "pro", ProviderStatus.ACTIVE, WITHIN);
        scene.told("bob", annual.created());
        scene.told("bob", annual.endingWithItsPeriod(WITHIN.plusSeconds(60)));

        for (int day = 1; day < 425; day++) {
            scene.ledger.now = WITHIN.plus(Duration.ofDays(day));
            scene.worked("bob");
        }

        // 365 days: twelve refreshes start before the year is over, those of day 390 and 420 after it.
        assertThat(scene.ledger.database.query(
                        "SELECT string_agg(granted::text, ' ' ORDER BY seq) FROM ledger_entry WHERE type = 'REFRESH'"))
                .isEqualTo("20000 20000 20000 20000 20000 20000 20000 20000 20000 20000 20000 20000 1000 1000");
        assertThat(scene.audit()).isEmpty();
    }
}
