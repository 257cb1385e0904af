package io.creditrefresh.ledger.command;

import static io.creditrefresh.ledger.command.CommandLedger.DUE;
import static io.creditrefresh.ledger.command.CommandLedger.by;
import static io.creditrefresh.ledger.command.CommandLedger.request;
import static io.creditrefresh.ledger.command.CommandLedger.shown;
import static io.creditrefresh.ledger.command.CommandLedger.value;
import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.ledger.command.SubscriberChanges.Due;
import io.creditrefresh.ledger.movement.Deed;
import io.creditrefresh.ledger.movement.SubscriberChange;
import io.creditrefresh.ledger.override.Adjustment;
import io.creditrefresh.ledger.plan.CreditKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SubscriberChangesTest {

    private static final EntriesOnly RESULT = new EntriesOnly();

    private final CommandLedger ledger = new CommandLedger();
    private final Subscriptions subscriptions = new Subscriptions(ledger.access);
    private final Overrides overrides = new Overrides(ledger.access);
    private final BillingSync sync = new BillingSync(ledger.access);

    private interface Use {
        Outcome<Result> of(Command command) throws SQLException;
    }

    @AfterEach
    void leavesASoundLedger() throws SQLException {
        try (Connection connection = ledger.database.superuser()) {
            assertThat(LedgerAudit.findings(connection)).isEmpty();
        }
    }

    @Test
    void appliesADueRefreshInATransactionOfItsOwnEvenIfTheCommandIsThenRefused() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        ledger.now = DUE;

        Outcome<Result> outcome = overrides.adjust(by("bob"), CreditKind.CREDITS, -5, RESULT);

        assertThat(outcome).isEqualTo(new Outcome.Refused<>(Refusal.NOT_ENOUGH_BONUS));
        assertThat(ledger.entries("bob")).containsExactly("credits IMPORT 300", "credits REFRESH 700");
        assertThat(ledger.database.query("SELECT actor FROM ledger_entry WHERE type = 'REFRESH'"))
                .isEqualTo("api");
    }

    @Test
    void refreshesUnderThePlanBeforeAChangeOfPlan() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        ledger.now = DUE;

        Result result = value(subscriptions.changePlan(by("bob"), "starter", RESULT));

        assertThat(shown(result.entries())).containsExactly("credits REFRESH 700", "credits UPGRADE 5000");
        assertThat(ledger.entries("bob"))
                .containsExactly("credits IMPORT 300", "credits REFRESH 700", "credits UPGRADE 5000");
        assertThat(ledger.balance("bob")).isEqualTo("5000 + 1000");
    }

    @Test
    void cancelsBeforeADueRefresh() throws SQLException {
        ledger.open(user("bob").plan("pro").holding(300, 50));
        ledger.now = DUE;

        bill("bob", BillingState.CANCELLED);

        assertThat(ledger.entries("bob"))
                .containsExactly("credits IMPORT 350", "credits SETTINGS 0", "credits REFRESH 700");
        assertThat(ledger.balance("bob")).isEqualTo("1000 + 50");
    }

    @Test
    void suspendsBeforeADueRefreshWhichThenWaits() throws SQLException {
        ledger.open(user("bob").plan("pro").holding(300, 50));
        ledger.now = DUE;

        bill("bob", BillingState.PAST_DUE);
        List<String> suspended = ledger.entries("bob");
        bill("bob", BillingState.ACTIVE);

        assertThat(suspended).containsExactly("credits IMPORT 350", "credits SETTINGS 0");
        assertThat(ledger.entries("bob"))
                .containsExactly(
                        "credits IMPORT 350", "credits SETTINGS 0", "credits SETTINGS 0", "credits REFRESH 19700");
    }

    @Test
    void refreshesARevivedSubscriberUnderTheStateBeforeWhereItWasOnSchedule() throws SQLException {
        ledger.open(user("bob").plan("pro").billingState("cancelled").holding(300, 50));
        ledger.now = DUE;

        bill("bob", BillingState.ACTIVE);

        assertThat(ledger.entries("bob"))
                .containsExactly("credits IMPORT 350", "credits REFRESH 700", "credits SETTINGS 0");
    }

    @Test
    void appliesTheDueRefreshOfAReleasedSubscriberAtOnce() throws SQLException {
        ledger.open(user("bob").holding(300, 0).onHold());
        ledger.now = DUE;

        Result result = value(subscriptions.hold(by("bob"), false, RESULT));

        assertThat(shown(result.entries())).containsExactly("credits SETTINGS 0", "credits REFRESH 700");
        assertThat(ledger.balance("bob")).isEqualTo("1000 + 0");
    }

    @Test
    void refreshesBeforeAHold() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        ledger.now = DUE;

        subscriptions.hold(by("bob"), true, RESULT);

        assertThat(ledger.entries("bob"))
                .containsExactly("credits IMPORT 300", "credits REFRESH 700", "credits SETTINGS 0");
        assertThat(ledger.database.query("SELECT refresh_at FROM credit_account"))
                .isEqualTo("null");
    }

    @Test
    void leavesADueAccountDueWhileNobodyRefreshesByHimself() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        ledger.now = DUE;
        ledger.paused = true;

        overrides.adjust(by("bob"), CreditKind.CREDITS, 5, RESULT);
        sync.sync(by("bob"), List.of(), RESULT);

        assertThat(ledger.entries("bob")).containsExactly("credits IMPORT 300", "credits ADJUST 5", "credits SYNC 700");
    }

    @Test
    void refreshesForPlanClockAndHandWhileNobodyRefreshesByHimself() throws SQLException {
        ledger.now = DUE;
        ledger.paused = true;
        List<Use> uses = List.of(
                command -> subscriptions.changePlan(command, "starter", RESULT),
                command -> subscriptions.hold(command, true, RESULT),
                command -> subscriptions.changeRefreshDay(command, 5, RESULT),
                command -> subscriptions.changeCustomAllowance(command, CreditKind.CREDITS, 7L, RESULT),
                command -> overrides.refresh(command, RESULT),
                command -> overrides.reset(command, RESULT));

        for (int i = 0; i < uses.size(); i++) {
            ledger.open(user("user-" + i).holding(300, 0));
            uses.get(i).of(by("user-" + i));
        }

        for (int i = 0; i < uses.size(); i++) {
            assertThat(ledger.entries("user-" + i)).startsWith("credits IMPORT 300", "credits REFRESH 700");
        }
    }

    @Test
    void refreshesADueAccountByHandAndFillsNothingUpOnTop() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        ledger.now = DUE.plusSeconds(7_200);
        ledger.database.execute("INSERT INTO plan_allowance (plan_code, kind, valid_from, amount) VALUES ('free',"
                + " 'credits', to_timestamp(" + DUE.plusSeconds(3_600).getEpochSecond() + "), 1500)");

        Result first = value(overrides.refresh(by("bob"), RESULT));
        Result second = value(overrides.refresh(by("bob"), RESULT));

        assertThat(shown(first.entries())).containsExactly("credits REFRESH 700");
        assertThat(shown(second.entries())).containsExactly("credits MANUAL_REFRESH 500");
    }

    @Test
    void tellsInADryRunWhatTheRealOneWritesAndWritesNothing() throws SQLException {
        ledger.now = DUE;
        List<Use> uses = List.of(
                command -> subscriptions.changePlan(command, "pro", RESULT),
                command -> subscriptions.changePlan(command, "free", RESULT),
                command -> subscriptions.changeBillingState(command, BillingState.CANCELLED, null, RESULT),
                command -> subscriptions.changeBillingState(command, BillingState.PAST_DUE, null, RESULT),
                command -> subscriptions.hold(command, true, RESULT),
                command -> subscriptions.changeRefreshDay(command, 5, RESULT),
                command -> overrides.refresh(command, RESULT),
                command -> overrides.reset(command, RESULT),
                command -> overrides.adjust(command, CreditKind.CREDITS, 77, RESULT),
                command -> sync.sync(command, List.of(), RESULT));

        for (int i = 0; i < uses.size(); i++) {
            ledger.open(user("user-" + i).plan("starter").holding(300, 40));
            Command command = by("user-" + i)
                    .noting(new Deed("admin:alice", "admin", "try", null))
                    .onceAs(Optional.empty());
            String before = ledger.dump();
            Result dry = value(uses.get(i).of(command.dryRun(true)));
            String after = ledger.dump();
            Result real = value(uses.get(i).of(command));

            assertThat(after).isEqualTo(before);
            assertThat(dry.entries()).isEqualTo(real.entries()).isNotEmpty();
            assertThat(dry.after()).isEqualTo(real.after());
        }
    }

    @Test
    void answersARepetitionWithTheFirstAnswerWhateverHasHappenedSince() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        Command command = by("bob").onceAs(Optional.of(request("k", 1)));

        Outcome<String> first = overrides.adjust(command, CreditKind.CREDITS, 5, new CommandLedger.Texts());
        ledger.now = DUE;
        Outcome<String> second = overrides.adjust(command, CreditKind.CREDITS, 5, new CommandLedger.Texts());

        assertThat(first).isEqualTo(new Outcome.Done<>("[credits ADJUST 5] at 2026-11-01T12:00:00Z", false));
        assertThat(second).isEqualTo(new Outcome.Done<>("[credits ADJUST 5] at 2026-11-01T12:00:00Z", true));
        assertThat(ledger.entries("bob")).containsExactly("credits IMPORT 300", "credits ADJUST 5");
    }

    @Test
    void refusesAKeyThatWasUsedForSomethingElse() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        overrides.adjust(
                by("bob").onceAs(Optional.of(request("k", 1))), CreditKind.CREDITS, 5, new CommandLedger.Texts());

        Outcome<String> other = overrides.adjust(
                by("bob").onceAs(Optional.of(request("k", 2))), CreditKind.CREDITS, 6, new CommandLedger.Texts());

        assertThat(other).isEqualTo(new Outcome.Refused<>(Refusal.KEY_REUSED));
        assertThat(ledger.balance("bob")).isEqualTo("300 + 5");
    }

    @Test
    void keepsNoAnswerOfARefusedCommand() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        Command command = by("bob").onceAs(Optional.of(request("k", 1)));
        overrides.adjust(command, CreditKind.CREDITS, -5, new CommandLedger.Texts());
        overrides.adjust(by("bob"), CreditKind.CREDITS, 9, RESULT);

        Outcome<String> again = overrides.adjust(command, CreditKind.CREDITS, -5, new CommandLedger.Texts());

        assertThat(value(again)).startsWith("[credits ADJUST -5]");
        assertThat(ledger.balance("bob")).isEqualTo("300 + 4");
    }

    @Test
    void goesOnWithAnAccountThatTheRulesRefuseToRefreshAndSaysSo() throws SQLException {
        long id = ledger.open(user("bob").holding(300, 0));
        ledger.database.execute("DELETE FROM plan_allowance WHERE plan_code = 'free'");
        ledger.now = DUE;

        Result result = value(overrides.adjust(by("bob"), CreditKind.CREDITS, 5, RESULT));

        assertThat(result.overdue()).containsExactly(id);
        assertThat(ledger.entries("bob")).containsExactly("credits IMPORT 300", "credits ADJUST 5");
    }

    @Test
    void clearsTheFailureOfTheRefreshThatItAppliesAndCountsItInItsRun() throws SQLException {
        long id = ledger.open(user("account-1").holding(300, 0));
        ledger.database.execute("INSERT INTO refresh_failure (account_id, due_at, next_attempt_at, first_failed_at,"
                + " last_failed_at, attempts, state, category, last_error) SELECT " + id
                + ", period_end, period_end, period_end, period_end, 4, 'exhausted', 'data', 'x' FROM credit_account");
        ledger.now = DUE;

        sync.sync(by("account-1"), List.of(), RESULT);

        assertThat(ledger.database.count("SELECT count(*) FROM refresh_failure"))
                .isZero();
        assertThat(ledger.database.query(
                        "SELECT format('%s %s %s', run_date, applied_by, refreshed) FROM refresh_batch"))
                .isEqualTo("2026-11-19 api 1");
    }

    @Test
    void refusesManualRefreshesAndResetsOffTheSchedule() throws SQLException {
        ledger.open(user("held").holding(300, 0).onHold());
        ledger.open(user("late").holding(300, 0).billingState("past_due"));

        assertThat(List.of(
                        overrides.refresh(by("held"), RESULT),
                        overrides.reset(by("held"), RESULT),
                        overrides.refresh(by("late"), RESULT),
                        overrides.reset(by("late"), RESULT)))
                .containsOnly(new Outcome.Refused<>(Refusal.ON_HOLD));
    }

    @Test
    void triesAgainAfterALockTimeoutADeadlockAndASerializationFailure() throws SQLException {
        ledger.open(user("bob").holding(300, 0));
        AtomicInteger attempts = new AtomicInteger();
        List<String> troubles = List.of("55P03", "40P01", "40001");

        adjust(attempts, troubles);

        assertThat(attempts).hasValue(4);
        assertThat(ledger.entries("bob")).containsExactly("credits IMPORT 300", "credits ADJUST 5");
    }

    @Test
    void givesUpAfterThreeSuchTroublesMore() {
        ledger.open(user("bob").holding(300, 0));
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> adjust(attempts, List.of("55P03", "55P03", "55P03", "55P03")))
                .isInstanceOf(SQLException.class);

        assertThat(attempts).hasValue(4);
        assertThat(ledger.entries("bob")).containsExactly("credits IMPORT 300");
    }

    @Test
    void commitsNothingWhenAnythingIsThrown() {
        ledger.open(user("bob").holding(300, 0));
        String before = ledger.dump();

        assertThatThrownBy(() -> overrides.adjust(by("bob"), CreditKind.CREDITS, 5, new OutOfMemory()))
                .isInstanceOf(OutOfMemoryError.class);

        assertThat(ledger.dump()).isEqualTo(before);
    }

    /** Answers that come to nothing once the entries are written. */
    private static final class OutOfMemory implements Answers<String> {

        @Override
        public String of(Result result) {
            throw new OutOfMemoryError("on purpose");
        }

        @Override
        public String write(String answer) {
            return answer;
        }

        @Override
        public String read(String kept) {
            return kept;
        }
    }

    private void adjust(AtomicInteger attempts, List<String> troubles) throws SQLException {
        ledger.access
                .changes()
                .run(
                        by("bob"),
                        Due.FIRST,
                        scene -> {
                            int attempt = attempts.getAndIncrement();
                            if (attempt < troubles.size()) {
                                throw new SQLException("on purpose", troubles.get(attempt));
                            }
                            return SubscriberChange.of(
                                    scene.subscriber(),
                                    List.of(Adjustment.apply(
                                                    scene.subscriber()
                                                            .accounts()
                                                            .get(0),
                                                    5)
                                            .orElseThrow()));
                        },
                        RESULT);
    }

    private void bill(String userId, BillingState state) throws SQLException {
        value(subscriptions.changeBillingState(by(userId), state, null, RESULT));
    }
}
