package io.creditrefresh.ledger.command;

import static io.creditrefresh.ledger.command.CommandLedger.DUE;
import static io.creditrefresh.ledger.command.CommandLedger.by;
import static io.creditrefresh.ledger.command.CommandLedger.request;
import static io.creditrefresh.ledger.command.CommandLedger.value;
import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Balance;
import io.creditrefresh.ledger.command.Spending.Funds;
import io.creditrefresh.ledger.command.Spending.SpendResult;
import io.creditrefresh.ledger.command.Spending.Spent;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.spend.PlainSpend;
import io.creditrefresh.ledger.spend.Spend;
import io.creditrefresh.ledger.spend.SpendOrder;
import io.creditrefresh.ledger.spend.SpendRule.Need;
import io.creditrefresh.ledger.spend.SpentPart;
import io.creditrefresh.ledger.store.PlainSpendStore;
import io.creditrefresh.ledger.store.RefreshStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SpendingTest {

    private static final EntriesOnly RESULT = new EntriesOnly();
    private static final int DRAWS = 400;

    private final CommandLedger ledger = new CommandLedger();
    private final Spending spending = new Spending(ledger.access);
    private final Overrides overrides = new Overrides(ledger.access);
    private final Refunds refunds = new Refunds(ledger.access);

    @Test
    void takesFromTheAllowanceAndThenFromTheBonus() throws SQLException {
        long id = ledger.open(user("bob").holding(300, 70));

        Outcome<SpendResult> outcome = spending.spend(order("bob", "k", 350));

        assertThat(outcome)
                .isEqualTo(new Outcome.Done<>(
                        new Spent(List.of(
                                new SpentPart(id, CreditKind.CREDITS, 2, 350, 50, 20, CommandLedger.WITHIN, false))),
                        false));
        assertThat(ledger.balance("bob")).isEqualTo("0 + 20");
    }

    @Test
    void isInOneStatementWhatTheRuleIs() throws SQLException {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        long id = ledger.open(user("bob").holding(300, 0));
        try (Connection superuser = ledger.database.superuser();
                Connection api = ledger.database.as("credit_api").getConnection()) {
            api.setAutoCommit(false);
            for (int i = 0; i < DRAWS; i++) {
                Balance balance = new Balance(random.nextInt(30), random.nextInt(30));
                long amount = 1 + random.nextInt(60);
                try (var update = superuser.createStatement()) {
                    update.execute("UPDATE credit_account SET allowance = " + balance.allowance() + ", bonus = "
                            + balance.bonus());
                }
                Account before = RefreshStore.accounts(api, new long[] {id}).get(id);
                Optional<Movement> rule = Spend.apply(before, amount);

                PlainSpend plain = new PlainSpend(order("bob", "k", amount), CreditKind.CREDITS, amount, 1);
                Optional<SpentPart> spent = PlainSpendStore.spend(api, List.of(plain), true, CommandLedger.WITHIN)
                        .get(0);
                Account after = RefreshStore.accounts(api, new long[] {id}).get(id);
                api.rollback();

                assertThat(after)
                        .as("seed %d, draw %d: %s - %d", seed, i, balance, amount)
                        .isEqualTo(rule.map(Movement::after).orElse(before));
                assertThat(spent.map(SpentPart::fromBonus)).isEqualTo(rule.map(movement -> -movement.bonusChange()));
                assertThat(spent.map(SpentPart::balanceAfter))
                        .isEqualTo(
                                rule.map(movement -> movement.after().balance().total()));
            }
        }
    }

    @Test
    void waitsForAChangeOfItsAccountAndTakesFromWhatIsThere() throws Exception {
        ledger.open(user("bob").holding(10, 100));
        CompletableFuture<Outcome<SpendResult>> spend;
        try (Connection other = ledger.database.as("credit_worker").getConnection();
                var update = other.createStatement()) {
            other.setAutoCommit(false);
            update.execute("UPDATE credit_account SET allowance = 5000");
            spend = CompletableFuture.supplyAsync(() -> spent("bob", "k", 50));
            awaitAWaiter();
            other.commit();
        }

        SpendResult result = value(spend.get());

        assertThat(result).isInstanceOf(Spent.class);
        assertThat(ledger.balance("bob")).isEqualTo("4950 + 100");
    }

    @Test
    void refreshesFirstAndKeepsThatEvenIfThereIsThenTooLittle() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        ledger.now = DUE;

        SpendResult result = value(spending.spend(order("bob", "k", 1_500)));

        assertThat(((Funds) result).needs()).containsExactly(new Need(CreditKind.CREDITS, 1_500, 1_000, 500));
        assertThat(ledger.entries("bob")).containsExactly("credits IMPORT 300", "credits REFRESH 700");
        assertThat(ledger.database.count("SELECT count(*) FROM idempotency")).isZero();
    }

    @Test
    void triesAgainUnderTheSameKeyAfterAShortage() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        spending.spend(order("bob", "k", 350));
        overrides.adjust(by("bob"), CreditKind.CREDITS, 100, RESULT);

        SpendResult result = value(spending.spend(order("bob", "k", 350)));

        assertThat(result).isInstanceOf(Spent.class);
        assertThat(ledger.balance("bob")).isEqualTo("0 + 50");
    }

    @Test
    void answersARepetitionWithTheFirstAnswer() throws SQLException {
        ledger.open(user("bob").holding(300, 70));
        SpendResult first = value(spending.spend(order("bob", "k", 350)));
        ledger.now = DUE;

        Outcome<SpendResult> second = spending.spend(order("bob", "k", 350));

        assertThat(second).isEqualTo(new Outcome.Done<>(first, true));
        assertThat(ledger.entries("bob")).containsExactly("credits IMPORT 370", "credits CONSUME -350");
    }

    @Test
    void refusesAKeyOfAnotherSpendAndOneWhoseAnswerIsNoLongerKept() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        spending.spend(order("bob", "k", 100));

        Outcome<SpendResult> other = spending.spend(order("bob", "k", 101));
        ledger.database.execute("DELETE FROM idempotency");
        Outcome<SpendResult> expired = spending.spend(order("bob", "k", 100));

        assertThat(other).isEqualTo(new Outcome.Refused<>(Refusal.KEY_REUSED));
        assertThat(expired).isEqualTo(new Outcome.Refused<>(Refusal.KEY_EXPIRED));
        assertThat(ledger.balance("bob")).isEqualTo("200 + 0");
    }

    @Test
    void takesAllKindsFromTheSinglePoolBeforeTheRollout() throws SQLException {
        ledger.open(user("bob").holding(150, 0));
        ledger.openAnalysis("bob", 40);

        SpendResult both = value(spending.spend(order("bob", "k1", 100, 30)));
        SpendResult tooMuch = value(spending.spend(order("bob", "k2", 100, 30)));

        assertThat(((Spent) both).parts())
                .extracting(SpentPart::kind, SpentPart::amount, SpentPart::balanceAfter)
                .containsExactly(tuple(CreditKind.CREDITS, 130L, 20L));
        assertThat(((Funds) tooMuch).needs()).containsExactly(new Need(CreditKind.CREDITS, 130, 20, 110));
        assertThat(ledger.entries("bob"))
                .containsExactly("credits IMPORT 150", "credits CONSUME -130", "analysis IMPORT 40");
    }

    @Test
    void spendsFromTheOldBalanceWhereTheRulesRefuseTheDueRefreshAndSaysSo() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        ledger.database.execute("DELETE FROM plan_allowance WHERE plan_code = 'free'");
        ledger.now = DUE;

        SpendResult result = value(spending.spend(order("bob", "k", 100)));

        assertThat(((Spent) result).parts())
                .extracting(SpentPart::refreshOverdue)
                .containsExactly(true);
        assertThat(ledger.entries("bob")).containsExactly("credits IMPORT 300", "credits CONSUME -100");
    }

    @Test
    void leavesADueAccountDueWhileNobodyRefreshesByHimself() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        ledger.now = DUE;
        ledger.paused = true;

        spending.spend(order("bob", "k", 100));

        assertThat(ledger.entries("bob")).containsExactly("credits IMPORT 300", "credits CONSUME -100");
    }

    @Test
    void spendsOnceHoweverManyAskUnderOneKey() {
        ledger.open(user("bob").holding(300, 0));

        List<Outcome<SpendResult>> outcomes = AtOnce.run(16, client -> spent("bob", "k", 100));

        assertThat(outcomes.stream().filter(outcome -> outcome instanceof Outcome.Done<?> done && !done.repeated()))
                .hasSize(1);
        assertThat(outcomes).extracting(CommandLedger::value).containsOnly(value(outcomes.get(0)));
        assertThat(ledger.entries("bob")).containsExactly("credits IMPORT 300", "credits CONSUME -100");
    }

    @Test
    void spendsNoMoreThanThereIsHoweverManyAsk() {
        ledger.open(user("bob").holding(300, 250));

        List<Outcome<SpendResult>> outcomes = AtOnce.run(16, client -> spent("bob", "k" + client, 100));

        assertThat(outcomes)
                .extracting(CommandLedger::value)
                .filteredOn(Spent.class::isInstance)
                .hasSize(5);
        assertThat(ledger.balance("bob")).isEqualTo("0 + 50");
    }

    @Test
    void isGivenBackOnceAndWhole() throws SQLException {
        ledger.open(user("bob").holding(300, 70));
        spending.spend(order("bob", "k", 350));

        Outcome<Result> first = refunds.refund(by("bob"), "k", RESULT);
        Outcome<Result> second = refunds.refund(by("bob"), "k", RESULT);
        Outcome<Result> unknown = refunds.refund(by("bob"), "other", RESULT);

        assertThat(first).isInstanceOf(Outcome.Done.class);
        assertThat(second).isEqualTo(new Outcome.Refused<>(Refusal.ALREADY_REFUNDED));
        assertThat(unknown).isEqualTo(new Outcome.Refused<>(Refusal.SPEND_NOT_FOUND));
        assertThat(ledger.balance("bob")).isEqualTo("300 + 70");
    }

    @Test
    void isGivenBackToTheBonusAfterARefresh() throws SQLException {
        ledger.open(user("bob").holding(300, 70));
        spending.spend(order("bob", "k", 350));
        ledger.now = DUE;

        refunds.refund(by("bob"), "k", RESULT);

        assertThat(ledger.entries("bob"))
                .containsExactly(
                        "credits IMPORT 370", "credits CONSUME -350", "credits REFRESH 1000", "credits REFUND 350");
        assertThat(ledger.balance("bob")).isEqualTo("1000 + 370");
    }

    private Outcome<SpendResult> spent(String userId, String key, long amount) {
        try {
            return spending.spend(order(userId, key, amount));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitAWaiter() {
        while (ledger.database.count("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                        + " AND datname = current_database()")
                == 0) {
            Thread.onSpinWait();
        }
    }

    private static SpendOrder order(String userId, String key, long credits) {
        return new SpendOrder(
                userId, Map.of(CreditKind.CREDITS, credits), "service:shop", Map.of(), request(key, (int) credits));
    }

    private static SpendOrder order(String userId, String key, long credits, long analysis) {
        return new SpendOrder(
                userId,
                Map.of(CreditKind.CREDITS, credits, CreditKind.ANALYSIS, analysis),
                "service:shop",
                Map.of(),
                request(key, (int) credits));
    }
}
