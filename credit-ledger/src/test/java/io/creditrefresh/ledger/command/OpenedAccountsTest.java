package io.creditrefresh.ledger.command;

import static io.creditrefresh.ledger.command.CommandLedger.WITHIN;
import static io.creditrefresh.ledger.command.CommandLedger.by;
import static io.creditrefresh.ledger.command.CommandLedger.value;
import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.movement.Deed;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.provider.BillingEvent;
import io.creditrefresh.ledger.provider.FakeSubscription;
import io.creditrefresh.ledger.provider.ProviderStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an account of Credits v2 begins with, and when it is opened. */
class OpenedAccountsTest {

    private static final Deed DEED = new Deed("admin:alice", "admin", "set-plan", null);

    private final BillingScene billing = new BillingScene();
    private final CommandLedger ledger = billing.ledger;
    private final RolloutScene scene = new RolloutScene(ledger);
    private final PlanAmounts plans = new PlanAmounts(ledger.access);

    @AfterEach
    void close() throws SQLException {
        billing.close();
    }

    @Test
    void grantsNothingAgainThatTheProviderToldBefore() throws SQLException {
        ledger.open(user("bob").holding(1_000, 0));
        FakeSubscription subscription = subscription("starter");
        billing.told("bob", subscription.created());
        billing.told("bob", subscription.changedTo("pro", WITHIN.minus(Duration.ofMinutes(5))));
        scene.begin(100);
        scene.spend("bob", "k", CreditKind.ANALYSIS, 1);

        billing.told("bob", subscription.changedTo("scale", WITHIN.minus(Duration.ofMinutes(1))));
        billing.told("bob", subscription.changedTo("pro", WITHIN));

        assertThat(ledger.entries("bob"))
                .filteredOn(entry -> entry.startsWith("analysis") || entry.startsWith("roast"))
                .containsExactly(
                        "analysis PROVISION 5000",
                        "analysis CONSUME -1",
                        "analysis UPGRADE 25000",
                        "analysis DOWNGRADE 0",
                        "roast PROVISION 500",
                        "roast UPGRADE 2500",
                        "roast DOWNGRADE 0");
    }

    @Test
    void grantsWhatIsClaimedLaterOnAPlanThatWasGoneDownToBefore() throws SQLException {
        ledger.open(user("bob").holding(1_000, 0));
        FakeSubscription subscription = subscription("scale");
        billing.told("bob", subscription.created());
        billing.told("bob", subscription.changedTo("pro", WITHIN.minus(Duration.ofMinutes(8))));
        billing.told("bob", subscription.changedTo("starter", WITHIN.minus(Duration.ofMinutes(5))));
        scene.begin(100);
        scene.spend("bob", "k", CreditKind.ANALYSIS, 1);

        billing.told("bob", subscription.changedTo("pro", WITHIN.minus(Duration.ofMinutes(1))));

        assertThat(ledger.entries("bob"))
                .contains("analysis PROVISION 25000", "analysis UPGRADE 5000", "roast UPGRADE 500");
    }

    @Test
    void keepsThePeriodsOfAllKindsTogetherWhateverTheProviderSays() throws SQLException {
        ledger.open(user("bob").holding(1_000, 0));
        FakeSubscription subscription = subscription("starter");
        billing.told("bob", subscription.created());
        scene.begin(100);
        scene.spend("bob", "k", CreditKind.ANALYSIS, 1);

        billing.told(
                "bob",
                subscription.changed("starter", ProviderStatus.ACTIVE, WITHIN.plus(Duration.ofDays(40)), WITHIN));

        assertThat(ledger.database.query("SELECT count(DISTINCT (period_start, period_end)) FROM credit_account"))
                .isEqualTo("1");
    }

    @Test
    void beginsWithTheMostThatAPlanOfThisPeriodGives() throws SQLException {
        ledger.open(user("bob").plan("pro").holding(20_000, 0));
        value(scene.subscriptions.changePlan(by("bob"), "starter", new EntriesOnly()));
        scene.begin(100);

        scene.spend("bob", "k", CreditKind.ROAST, 1);

        assertThat(ledger.entries("bob")).contains("analysis PROVISION 5000", "roast PROVISION 500");
    }

    @Test
    void beginsWithThePlanOfWhoCancelsWithinThePeriodAndFreeOfWhoHadBefore() throws SQLException {
        ledger.open(user("bob").plan("pro").holding(20_000, 0));
        ledger.open(user("ann").plan("pro").billingState("cancelled").holding(1_000, 0));
        value(scene.subscriptions.changeBillingState(by("bob"), BillingState.CANCELLED, null, new EntriesOnly()));
        scene.begin(100);

        scene.spend("bob", "k", CreditKind.ROAST, 1);
        scene.spend("ann", "k", CreditKind.ROAST, 1);

        assertThat(ledger.entries("bob")).contains("roast PROVISION 500");
        assertThat(ledger.entries("ann")).contains("roast PROVISION 10");
    }

    @Test
    void opensWhatIsBoughtGivenOrSetAsideFor() throws SQLException {
        List.of("ann", "bob", "eve").forEach(user -> ledger.open(user(user).holding(1_000, 0)));
        scene.begin(0);

        billing.apply(
                "ann", new BillingEvent.PacksBought("cs_1", List.of(new BillingEvent.Pack(CreditKind.ANALYSIS, 70))));
        value(new Overrides(ledger.access).adjust(by("bob"), CreditKind.ROAST, 5, new EntriesOnly()));
        value(scene.subscriptions.changeCustomAllowance(by("eve"), CreditKind.ROAST, 40L, new EntriesOnly()));

        assertThat(ledger.entries("ann")).contains("analysis PROVISION 100", "analysis PURCHASE 70");
        assertThat(ledger.entries("bob")).contains("roast PROVISION 10", "roast ADJUST 5");
        assertThat(ledger.entries("eve")).contains("roast PROVISION 10", "roast SETTINGS 0");
        assertThat(billing.audit()).isEmpty();
    }

    @Test
    void tellsInADryRunWhatItWouldOpen() throws SQLException {
        ledger.open(user("bob").holding(1_000, 0));
        scene.begin(0);
        String before = ledger.dump();
        Overrides overrides = new Overrides(ledger.access);

        Result foreseen = value(overrides.adjust(by("bob").dryRun(true), CreditKind.ROAST, 5, new EntriesOnly()));
        String after = ledger.dump();
        Result done = value(overrides.adjust(by("bob"), CreditKind.ROAST, 5, new EntriesOnly()));

        assertThat(after).isEqualTo(before);
        assertThat(CommandLedger.shown(foreseen.entries()))
                .containsExactly("analysis PROVISION 100", "roast PROVISION 10", "roast ADJUST 5")
                .isEqualTo(CommandLedger.shown(done.entries()));
    }

    @Test
    void opensNothingBeforeTheRolloutBegins() throws SQLException {
        ledger.open(user("bob").holding(1_000, 0));

        assertThat(new Overrides(ledger.access).adjust(by("bob"), CreditKind.ROAST, 5, new EntriesOnly()))
                .isEqualTo(new Outcome.Refused<>(Refusal.NO_SUCH_ACCOUNT));
    }

    @Test
    void provisionsSomebodyInCreditsV2WithAllAccounts() throws SQLException {
        scene.begin(100);

        billing.provisioned("bob", "starter");

        assertThat(ledger.entries("bob"))
                .containsExactly("credits PROVISION 5000", "analysis PROVISION 1000", "roast PROVISION 100");
    }

    @Test
    void answersACommandWithTheAccountsThatTheFirstSpendWouldOpen() throws SQLException {
        ledger.open(user("bob").holding(1_000, 0));
        scene.begin(100);

        Result held = value(scene.subscriptions.hold(by("bob"), true, new EntriesOnly()));

        assertThat(held.after().accounts())
                .extracting(Account::kind)
                .containsExactly(CreditKind.CREDITS, CreditKind.ANALYSIS, CreditKind.ROAST);
        assertThat(ledger.database.count("SELECT count(*) FROM credit_account")).isEqualTo(1);
    }

    @Test
    void beginsWhenEveryPlanGivesEachKind() throws SQLException {
        ledger.open(user("bob").holding(1_000, 0));
        set("team", CreditKind.CREDITS);

        assertThat(scene.to(10)).isEqualTo(new Outcome.Refused<>(Refusal.PLANS_LACK_KINDS));
        scene.rollouts.setFromEnvironment(true);
        assertThat(scene.rollouts.read().openedAt()).isNull();
        scene.spend("bob", "k", CreditKind.ANALYSIS, 1);
        set("team", CreditKind.ANALYSIS);
        set("team", CreditKind.ROAST);
        value(scene.to(10));

        assertThat(scene.rollouts.read().isOpen()).isTrue();
        assertThat(set("crew", CreditKind.CREDITS)).isEqualTo(new Outcome.Refused<>(Refusal.PLANS_LACK_KINDS));
        value(set("crew", CreditKind.ANALYSIS));
        value(set("crew", CreditKind.ROAST));
        value(set("crew", CreditKind.CREDITS));
    }

    private Outcome<String> set(String plan, CreditKind kind) throws SQLException {
        PlanAmounts.Wish wish = new PlanAmounts.Wish(plan, kind, 7, Optional.empty());
        return plans.set(
                new PlanAmounts.Edit(wish, DEED, catalogue -> true, false),
                Optional.empty(),
                new NothingKept<>(),
                catalogue -> "set");
    }

    private static FakeSubscription subscription(String plan) {
        return FakeSubscription.of("sub_1", plan, ProviderStatus.ACTIVE, WITHIN.minus(Duration.ofMinutes(10)));
    }
}
