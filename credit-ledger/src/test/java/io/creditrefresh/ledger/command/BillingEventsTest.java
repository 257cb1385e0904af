package io.creditrefresh.ledger.command;

import static io.creditrefresh.ledger.command.CommandLedger.WITHIN;
import static io.creditrefresh.ledger.command.CommandLedger.by;
import static io.creditrefresh.ledger.command.CommandLedger.value;
import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.command.Provisioning.NewCustomer;
import io.creditrefresh.ledger.command.Provisioning.Wish;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.provider.BillingEvent;
import io.creditrefresh.ledger.provider.BillingEvent.Content;
import io.creditrefresh.ledger.provider.BillingEvent.Pack;
import io.creditrefresh.ledger.provider.FakeSubscription;
import io.creditrefresh.ledger.provider.ProviderStatus;
import io.creditrefresh.ledger.provider.Snapshot;
import io.creditrefresh.ledger.store.InboxStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BillingEventsTest {

    private static final Instant BOUGHT = WITHIN.minus(Duration.ofDays(1));
    private static final EntriesOnly RESULT = new EntriesOnly();

    private final BillingScene scene = new BillingScene();
    private final CommandLedger ledger = scene.ledger;
    private final BillingEvents events = scene.events;
    private final BillingSync sync = scene.sync;
    private final Provisioning provisioning = scene.provisioning;

    @AfterEach
    void close() throws SQLException {
        scene.close();
    }

    @Test
    void grantsAPurchaseOnceAndAlignsThePeriodWithTheProviders() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        FakeSubscription bought =
                FakeSubscription.of("sub_1", "pro", ProviderStatus.ACTIVE, Instant.parse("2026-10-25T12:00:00Z"));

        scene.told("bob", bought.created());
        scene.told("bob", bought.created());

        assertThat(ledger.entries("bob")).containsExactly("credits IMPORT 300", "credits UPGRADE 20000");
        assertThat(ledger.balance("bob")).isEqualTo("20000 + 300");
        assertThat(ledger.database.query("SELECT period_end - period_start FROM credit_account"))
                .isEqualTo("31 days");
        assertThat(scene.audit()).isEmpty();
    }

    @Test
    void linksACustomerAndWakesTheEventsThatWaitedForIt() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        FakeSubscription bought = FakeSubscription.of("sub_1", "pro", ProviderStatus.ACTIVE, BOUGHT);
        BillingEvent created = BillingScene.event(new BillingEvent.SubscriptionTold(bought.created()), "cus_1", null);
        long waiting = scene.store();
        assertThat(events.userOf(created)).isEmpty();
        scene.with(connection -> {
            InboxStore.await(connection, waiting, "cus_1", null);
            return null;
        });

        BillingEvent checkout = BillingScene.event(new BillingEvent.CustomerNamed(), "cus_1", "bob");
        value(events.apply(scene.store(), checkout, "bob"));

        assertThat(events.userOf(created)).contains("bob");
        assertThat(ledger.database.query("SELECT state FROM webhook_event WHERE id = " + waiting))
                .isEqualTo("pending");
    }

    @Test
    void takesTheCustomerWhereTheNamedUserIsNobody() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        value(events.apply(scene.store(), BillingScene.event(new BillingEvent.CustomerNamed(), "cus_1", "bob"), "bob"));

        BillingEvent ofACart = BillingScene.event(new BillingEvent.CustomerNamed(), "cus_1", "cart-77");

        assertThat(events.userOf(ofACart)).contains("bob");
        assertThat(events.userOf(BillingScene.event(new BillingEvent.CustomerNamed(), "cus_2", "cart-77")))
                .isEmpty();
    }

    @Test
    void addsAPackToTheBonusOnceHoweverManyEventsTellOfThePurchase() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        Content pack = new BillingEvent.PacksBought(
                "cs_1", List.of(new Pack(CreditKind.CREDITS, 500), new Pack(CreditKind.CREDITS, 250)));

        value(events.apply(scene.store(), BillingScene.event(pack, "cus_1", "bob"), "bob"));
        value(events.apply(scene.store(), BillingScene.event(pack, "cus_1", "bob"), "bob"));

        assertThat(ledger.entries("bob")).containsExactly("credits IMPORT 300", "credits PURCHASE 750");
        assertThat(ledger.balance("bob")).isEqualTo("300 + 750");
    }

    @Test
    void countsAProvisioningOfThePurchaseAsItsGrant() throws SQLException {
        FakeSubscription bought = FakeSubscription.of("sub_1", "pro", ProviderStatus.ACTIVE, WITHIN);
        value(provisioning.provision(by("bob"), new Wish("pro", null, Optional.empty()), RESULT));

        scene.told("bob", bought.created());

        assertThat(ledger.entries("bob")).containsExactly("credits PROVISION 20000");
    }

    @Test
    void keepsThePlanOfALiveSubscriptionWhenTheUserIsProvisionedAgain() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        scene.told(
                "bob",
                FakeSubscription.of("sub_1", "pro", ProviderStatus.ACTIVE, BOUGHT)
                        .created());

        Result answer = value(provisioning.provision(by("bob"), new Wish("starter", null, Optional.empty()), RESULT));

        assertThat(answer.after().plan()).isEqualTo("pro");
    }

    @Test
    void refusesACustomerWhoIsSomebodyElse() throws SQLException {
        Wish wish = new Wish("free", null, Optional.of(new NewCustomer("stripe", "cus_1")));
        value(provisioning.provision(by("bob"), wish, RESULT));

        Outcome<Result> outcome = provisioning.provision(by("eve"), wish, RESULT);

        assertThat(outcome).isEqualTo(new Outcome.Refused<>(Refusal.CUSTOMER_TAKEN));
        assertThat(ledger.database.query("SELECT string_agg(user_id, ',') FROM subscriber"))
                .isEqualTo("bob");
    }

    @Test
    void grantsAtASyncWhatALostEventWouldHaveGrantedAndNotAgainWhenItComes() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        FakeSubscription subscription = FakeSubscription.of("sub_1", "starter", ProviderStatus.ACTIVE, BOUGHT);
        scene.told("bob", subscription.created());
        Snapshot late = subscription.changedTo("pro", BOUGHT.plusSeconds(3_600));

        value(sync.sync(by("bob"), List.of(subscription.asked(WITHIN)), RESULT));
        value(sync.sync(by("bob"), List.of(subscription.asked(WITHIN.plusSeconds(5))), RESULT));
        scene.told("bob", late);

        assertThat(ledger.entries("bob"))
                .containsExactly(
                        "credits IMPORT 300", "credits UPGRADE 5000", "credits UPGRADE 20000", "credits SETTINGS 0");
        assertThat(ledger.database.query("SELECT plan_code FROM subscriber")).isEqualTo("pro");
        assertThat(scene.audit()).isEmpty();
    }

    @Test
    void doesNothingForAnEventThatWasProcessedMeanwhile() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        long id = scene.store();
        scene.with(connection -> {
            InboxStore.finish(connection, id, InboxStore.End.PROCESSED, null, WITHIN);
            return null;
        });
        BillingEvent event = BillingScene.event(
                new BillingEvent.SubscriptionTold(FakeSubscription.of("sub_1", "pro", ProviderStatus.ACTIVE, BOUGHT)
                        .created()),
                "cus_1",
                "bob");

        value(events.apply(id, event, "bob"));

        assertThat(ledger.entries("bob")).containsExactly("credits IMPORT 300");
    }
}
