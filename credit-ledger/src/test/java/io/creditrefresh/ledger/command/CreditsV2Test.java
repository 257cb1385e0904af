package io.creditrefresh.ledger.command;

import static io.creditrefresh.ledger.command.CommandLedger.DUE;
import static io.creditrefresh.ledger.command.CommandLedger.by;
import static io.creditrefresh.ledger.command.CommandLedger.request;
import static io.creditrefresh.ledger.command.CommandLedger.value;
import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.command.Spending.Funds;
import io.creditrefresh.ledger.command.Spending.SpendResult;
import io.creditrefresh.ledger.command.Spending.Spent;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.spend.SpendOrder;
import io.creditrefresh.ledger.spend.SpendRule.Need;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CreditsV2Test {

    private static final EntriesOnly RESULT = new EntriesOnly();

    private final CommandLedger ledger = new CommandLedger();
    private final RolloutScene scene = new RolloutScene(ledger);
    private final Refunds refunds = new Refunds(ledger.access);

    @Test
    void takesFromTheOtherViewsAllowanceToo() throws SQLException {
        ledger.open(user("bob").holding(1_000, 0));
        scene.begin(0);

        scene.spend("bob", "k", CreditKind.ANALYSIS, 30);

        assertThat(ledger.entries("bob"))
                .containsExactly(
                        "credits IMPORT 1000",
                        "credits CONSUME -30",
                        "analysis PROVISION 100",
                        "analysis MIRROR -30",
                        "roast PROVISION 10");
    }

    @Test
    void takesFromThePoolWhatIsSpentWithCreditsV2On() throws SQLException {
        ledger.open(user("bob").holding(1_000, 0));
        scene.begin(100);

        SpendResult spent = scene.spend("bob", "k", CreditKind.ROAST, 4);

        assertThat(((Spent) spent).parts()).singleElement().satisfies(part -> {
            assertThat(part.kind()).isEqualTo(CreditKind.ROAST);
            assertThat(part.balanceAfter()).isEqualTo(6);
        });
        assertThat(ledger.entries("bob"))
                .containsExactly(
                        "credits IMPORT 1000",
                        "credits MIRROR -4",
                        "analysis PROVISION 100",
                        "roast PROVISION 10",
                        "roast CONSUME -4");
    }

    @Test
    void seesAtOnceThatTheRolloutHasBegun() throws SQLException {
        ledger.open(user("bob").holding(1_000, 0));
        scene.spend("bob", "before", CreditKind.ANALYSIS, 1);
        scene.begin(0);

        scene.spend("bob", "after", CreditKind.ANALYSIS, 2);

        assertThat(ledger.entries("bob")).contains("credits CONSUME -1", "credits CONSUME -2", "analysis MIRROR -2");
    }

    @Test
    void mirrorsDownToZeroAndSaysWhatWasMissing() throws SQLException {
        ledger.open(user("bob").holding(1_000, 0));
        scene.begin(0);

        scene.spend("bob", "k", CreditKind.ROAST, 25);

        assertThat(ledger.entries("bob")).contains("credits CONSUME -25", "roast MIRROR -10");
        assertThat(ledger.database.query("SELECT metadata ->> 'unmirrored' FROM ledger_entry WHERE type = 'MIRROR'"))
                .isEqualTo("15");
    }

    @Test
    void touchesNoBonusWithAMirrorAndSpendsTheOtherViewsBonusWhenShort() throws SQLException {
        ledger.open(user("bob").holding(5, 50));
        scene.begin(100);

        SpendResult spent = scene.spend("bob", "k", CreditKind.ROAST, 25);
        SpendResult tooMuch = scene.spend("bob", "k2", CreditKind.ROAST, 36);

        assertThat(spent).isInstanceOf(Spent.class);
        assertThat(ledger.entries("bob")).contains("roast CONSUME -10", "credits CONSUME -15", "credits MIRROR -5");
        assertThat(ledger.balance("bob")).isEqualTo("0 + 35");
        assertThat(((Funds) tooMuch).needs()).containsExactly(new Need(CreditKind.ROAST, 36, 35, 1));
    }

    @Test
    void refusesThePoolWithCreditsV2On() throws SQLException {
        ledger.open(user("bob").holding(1_000, 0));
        scene.begin(100);

        assertThat(scene.spending.spend(RolloutScene.order("bob", "k", CreditKind.CREDITS, 1)))
                .isEqualTo(new Outcome.Refused<>(Refusal.POOL_IS_CLOSED));
    }

    @Test
    void chargesOnceUnderAKeyWhateverTheRolloutSaysThen() throws SQLException {
        ledger.open(user("bob").holding(1_000, 0));
        scene.begin(0);
        SpendResult first = scene.spend("bob", "k", CreditKind.ANALYSIS, 30);
        scene.begin(100);

        Outcome<SpendResult> again = scene.spending.spend(RolloutScene.order("bob", "k", CreditKind.ANALYSIS, 30));

        assertThat(again).isEqualTo(new Outcome.Done<>(first, true));
        assertThat(ledger.balance("bob")).isEqualTo("970 + 0");
    }

    @Test
    void givesBackInBothViews() throws SQLException {
        ledger.open(user("bob").holding(1_000, 0));
        scene.begin(0);
        scene.spend("bob", "k", CreditKind.ANALYSIS, 30);
        scene.begin(100);

        refunds.refund(by("bob"), "k", RESULT);

        assertThat(ledger.entries("bob")).contains("credits REFUND 30", "analysis REFUND 30");
        assertThat(refunds.refund(by("bob"), "k", RESULT)).isEqualTo(new Outcome.Refused<>(Refusal.ALREADY_REFUNDED));
    }

    @Test
    void givesNothingBackForAMirrorWhosePeriodIsOver() throws SQLException {
        ledger.open(user("bob").holding(1_000, 0));
        scene.begin(0);
        scene.spend("bob", "k", CreditKind.ANALYSIS, 30);
        ledger.now = DUE;

        refunds.refund(by("bob"), "k", RESULT);

        assertThat(ledger.entries("bob"))
                .contains("credits REFUND 30", "analysis REFRESH 30")
                .doesNotContain("analysis REFUND 30");
    }

    @Test
    void opensEachAccountOnceHoweverManyAskAtOnce() throws SQLException {
        ledger.open(user("bob").holding(1_000, 0));
        scene.begin(100);

        List<SpendResult> results = AtOnce.run(64, client -> {
            try {
                return scene.spend("bob", "k" + client, CreditKind.ANALYSIS, 1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(results).hasOnlyElementsOfType(Spent.class);
        assertThat(ledger.entries("bob"))
                .containsOnlyOnce("analysis PROVISION 100", "roast PROVISION 10")
                .filteredOn("analysis CONSUME -1"::equals)
                .hasSize(results.size());
    }

    @Test
    void carriesNothingOverInTheViewThatTheUserIsNotIn() throws SQLException {
        ledger.open(user("bob").holding(1_000, 0));
        scene.begin(0);
        scene.spend("bob", "k", CreditKind.ANALYSIS, 30);

        scene.subscriptions.changePlan(by("bob"), "starter", RESULT);

        assertThat(ledger.balance("bob")).isEqualTo("5000 + 970");
        assertThat(ledger.entries("bob")).contains("credits UPGRADE 5000", "analysis UPGRADE 930");
    }

    @Test
    void carriesThePoolOverWhileTheUserHasNothingElse() throws SQLException {
        ledger.open(user("bob").holding(200, 0));
        scene.begin(100);

        scene.subscriptions.changePlan(by("bob"), "starter", RESULT);

        assertThat(ledger.balance("bob")).isEqualTo("5000 + 200");
    }

    @Test
    void mirrorsWhatThePoolGaveForAKindAndNotWhatItsBonusGave() throws SQLException {
        ledger.open(user("bob").holding(1, 0));
        scene.begin(0);
        ledger.database.execute("UPDATE credit_account SET bonus = 0");
        scene.spend("bob", "first", CreditKind.ANALYSIS, 1);
        ledger.database.execute("UPDATE credit_account SET allowance = 1 WHERE kind = 'credits'");
        ledger.database.execute("UPDATE credit_account SET bonus = 5 WHERE kind = 'analysis'");

        value(scene.spending.spend(new SpendOrder(
                "bob",
                Map.of(CreditKind.CREDITS, 5L, CreditKind.ANALYSIS, 1L),
                "service:shop",
                Map.of(),
                request("mixed", 6))));

        assertThat(ledger.entries("bob"))
                .containsSubsequence("credits CONSUME -1", "credits CONSUME -1")
                .containsSubsequence("analysis MIRROR -1", "analysis CONSUME -5", "analysis MIRROR -1");
    }

    @Test
    void putsASingleUserInAndBeginsTheRolloutWithThem() throws SQLException {
        ledger.open(user("bob").holding(1_000, 0));
        ledger.open(user("carol").holding(1_000, 0));
        SettingsWish in =
                new SettingsWish(Optional.empty(), Optional.empty(), Map.of(), Optional.of(Optional.of(true)));

        scene.subscriptions.changeSettings(by("bob").dryRun(true), in, subscriber -> true, RESULT);
        assertThat(scene.rollouts.read().openedAt()).isNull();
        scene.subscriptions.changeSettings(by("bob"), in, subscriber -> true, RESULT);

        assertThat(scene.rollouts.read().isOpen()).isTrue();
        assertThat(ledger.database.count("SELECT count(*) FROM audit_entry WHERE action = 'change-rollout'"))
                .isEqualTo(1);
        scene.spend("bob", "k", CreditKind.ANALYSIS, 1);
        scene.spend("carol", "k", CreditKind.ANALYSIS, 1);
        assertThat(ledger.entries("bob")).contains("analysis CONSUME -1", "credits MIRROR -1");
        assertThat(ledger.entries("carol")).contains("credits CONSUME -1", "analysis MIRROR -1");
    }

    @Test
    void isSwitchedOffByTheVariableAndBackOnAsBefore() throws SQLException {
        ledger.open(user("bob").holding(1_000, 0));
        scene.begin(100);
        scene.spend("bob", "k1", CreditKind.ANALYSIS, 1);

        scene.rollouts.setFromEnvironment(false);
        scene.spend("bob", "k2", CreditKind.ANALYSIS, 2);
        scene.rollouts.setFromEnvironment(null);
        scene.spend("bob", "k3", CreditKind.ANALYSIS, 3);

        assertThat(ledger.entries("bob"))
                .contains(
                        "analysis CONSUME -1",
                        "credits MIRROR -1",
                        "credits CONSUME -2",
                        "analysis MIRROR -2",
                        "analysis CONSUME -3",
                        "credits MIRROR -3");
        assertThat(ledger.database.count("SELECT count(*) FROM audit_entry WHERE action = 'change-rollout'"
                        + " AND actor = 'environment'"))
                .isEqualTo(2);
    }

    @Test
    void isClosedOnceAllAreInAndBooksOnceFromThenOn() throws SQLException {
        ledger.open(user("bob").holding(1_000, 0));
        scene.begin(100);
        assertThat(scene.close()).isEqualTo(new Outcome.Refused<>(Refusal.ROLLOUT_IS_NOT_GLOBAL));
        scene.change(Optional.of(true), Optional.empty(), true);

        scene.spend("bob", "k1", CreditKind.ANALYSIS, 1);
        scene.spend("bob", "k2", CreditKind.ANALYSIS, 2);

        assertThat(ledger.entries("bob"))
                .containsExactly(
                        "credits IMPORT 1000",
                        "analysis PROVISION 100",
                        "analysis CONSUME -1",
                        "analysis CONSUME -2",
                        "roast PROVISION 10");
        assertThat(scene.to(5)).isEqualTo(new Outcome.Refused<>(Refusal.ROLLOUT_IS_CLOSED));
    }
}
