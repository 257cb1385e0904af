package io.creditrefresh.ledger.command;

import static io.creditrefresh.ledger.command.CommandLedger.request;
import static io.creditrefresh.ledger.command.CommandLedger.value;
import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.ledger.command.Spending.Funds;
import io.creditrefresh.ledger.command.Spending.SpendResult;
import io.creditrefresh.ledger.command.Spending.Spent;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.spend.SpendOrder;
import io.creditrefresh.ledger.spend.SpentPart;
import io.creditrefresh.ledger.store.KeptConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a real Postgres: what many callers spend at the same time, in the same statements. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GatheredSpendsTest {

    private static final int GATHERED = 8;
    private static final String STATEMENTS =
            "SELECT count(DISTINCT xmin::text) FROM ledger_entry WHERE type = 'CONSUME'"
                    + " AND actor = 'service:shop'";

    private static final String WAITING = "wait_event_type = 'Lock' AND datname = current_database()";
    private static final String WAITERS = "SELECT count(*) FROM pg_stat_activity WHERE " + WAITING;

    private final Gate gate = new Gate();
    private final CommandLedger ledger = new CommandLedger(gate::before);
    private final Spending spending = new Spending(ledger.access);
    private final List<Call> calls = new ArrayList<>();

    /** One caller with one order. */
    private record Call(Thread thread, FutureTask<Outcome<SpendResult>> answer) {

        Outcome<SpendResult> outcome() throws Exception {
            return answer.get(20, TimeUnit.SECONDS);
        }
    }

    @BeforeEach
    void openAccounts() throws SQLException {
        for (int i = 0; i < GATHERED; i++) {
            ledger.open(user("u" + i).holding(100, 10));
        }
        // So that the rollout is known, and the first connection is that of a statement.
        ledger.open(user("before").holding(100, 0));
        spending.spend(new SpendOrder("before", Map.of(CreditKind.CREDITS, 1L), "test", Map.of(), request("k", 1)));
    }

    @AfterEach
    void leavesASoundLedger() throws SQLException {
        try (Connection connection = ledger.database.superuser()) {
            assertThat(LedgerAudit.findings(connection)).isEmpty();
        }
    }

    @Test
    void takesAllAlongWhoCameWhileStatementsWereUnderWay() throws Exception {
        occupyTheStatements();
        gather(IntStream.range(0, GATHERED)
                .mapToObj(i -> order("u" + i, "k", 101 + i))
                .toList());

        gate.open();

        for (int i = 0; i < GATHERED; i++) {
            SpentPart part = part(calls.get(i).outcome());
            assertThat(part)
                    .extracting(SpentPart::amount, SpentPart::fromBonus, SpentPart::balanceAfter, SpentPart::seq)
                    .containsExactly(101L + i, 1L + i, 9L - i, 2L);
            assertThat(part.at()).isEqualTo(CommandLedger.WITHIN);
            assertThat(ledger.balance("u" + i)).isEqualTo("0 + " + (9 - i));
        }
        assertThat(ledger.database.count(STATEMENTS)).isEqualTo(1);
    }

    @Test
    void answersEachAsIfItHadBeenAlone() throws Exception {
        ledger.open(user("due").holding(50, 0).periodEnd(CommandLedger.WITHIN));
        spending.spend(order("u1", "again", 30));
        occupyTheStatements();
        gather(List.of(
                order("u0", "k", 111),
                order("u1", "again", 30),
                order("due", "k", 60),
                order("nobody", "k", 1),
                order("u2", "k", 1)));

        gate.open();

        assertThat(value(calls.get(0).outcome())).isInstanceOf(Funds.class);
        assertThat(((Outcome.Done<SpendResult>) calls.get(1).outcome()).repeated())
                .isTrue();
        assertThat(part(calls.get(2).outcome()).balanceAfter()).isEqualTo(940);
        assertThat(calls.get(3).outcome()).isEqualTo(new Outcome.Refused<>(Refusal.USER_NOT_FOUND));
        assertThat(part(calls.get(4).outcome()).balanceAfter()).isEqualTo(109);
        assertThat(ledger.balance("u0")).isEqualTo("100 + 10");
        assertThat(ledger.balance("u1")).isEqualTo("70 + 10");
    }

    @Test
    void spendsOnceWhatIsAskedForTwiceAtATime() throws Exception {
        occupyTheStatements();
        gather(List.of(order("u0", "k", 30), order("u1", "k", 30), order("u0", "k", 30), order("u0", "k", 31)));

        gate.open();

        Outcome<SpendResult> first = calls.get(0).outcome();
        assertThat(first).isInstanceOf(Outcome.Done.class);
        assertThat(calls.get(2).outcome()).isEqualTo(new Outcome.Done<>(value(first), true));
        assertThat(calls.get(3).outcome()).isEqualTo(new Outcome.Refused<>(Refusal.KEY_REUSED));
        assertThat(ledger.entries("u0")).containsExactly("credits IMPORT 110", "credits CONSUME -30");
        assertThat(ledger.entries("u1")).containsExactly("credits IMPORT 110", "credits CONSUME -30");
    }

    @Test
    void failsAloneWhatTheLedgerRefuses() throws Exception {
        occupyTheStatements();
        List<SpendOrder> orders = new ArrayList<>();
        for (int i = 0; i < GATHERED; i++) {
            // Postgres keeps no NUL in JSON.
            orders.add(order("u" + i, "k", 10, i == 3 ? Map.of("action", "\u0000") : Map.of()));
        }
        gather(orders);

        gate.open();

        for (int i = 0; i < GATHERED; i++) {
            Call call = calls.get(i);
            if (i == 3) {
                assertThatThrownBy(call::outcome)
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState())
                                .isEqualTo("22P05"));
            } else {
                assertThat(part(call.outcome()).balanceAfter()).isEqualTo(100);
            }
        }
        assertThat(ledger.balance("u3")).isEqualTo("100 + 10");
    }

    @Test
    void waitsAloneForAnAccountThatIsLocked() throws Exception {
        try (Connection other = ledger.database.as("credit_worker").getConnection();
                var update = other.createStatement()) {
            other.setAutoCommit(false);
            update.execute("UPDATE credit_account SET allowance = 5000 WHERE subscriber_id ="
                    + " (SELECT id FROM subscriber WHERE user_id = 'u3')");
            occupyTheStatements();
            gather(IntStream.range(0, GATHERED)
                    .mapToObj(i -> order("u" + i, "k", 10))
                    .toList());
            gate.open();
            for (int i = 0; i < GATHERED; i++) {
                if (i != 3) {
                    assertThat(part(calls.get(i).outcome()).balanceAfter()).isEqualTo(100);
                }
            }
            assertThat(calls.get(3).answer().isDone()).isFalse();
            other.rollback();
        }

        assertThat(part(calls.get(3).outcome()).balanceAfter()).isEqualTo(100);
    }

    @Test
    void findsTheOneWhoseKeyAnotherProcessHasTakenMeanwhile() throws Exception {
        try (Connection other = takeTheKeyOf("u3")) {
            gatherAllAndLetThemWaitForTheKey();
            other.commit();
        }

        for (int i = 0; i < GATHERED; i++) {
            if (i == 3) {
                assertThat(calls.get(i).outcome()).isEqualTo(new Outcome.Refused<>(Refusal.KEY_REUSED));
            } else {
                assertThat(part(calls.get(i).outcome()).balanceAfter()).isEqualTo(100);
            }
        }
        // By then the key is seen, and what is left of each half goes at once.
        assertThat(ledger.database.count(STATEMENTS)).isEqualTo(2);
    }

    @Test
    void findsTheOneWhoseKeyIsForgottenButStandsInTheLedger() throws Exception {
        spending.spend(order("u6", "k", 10));
        ledger.database.execute("DELETE FROM idempotency WHERE key = 'k' AND scope ="
                + " (SELECT id FROM subscriber WHERE user_id = 'u6')");
        occupyTheStatements();
        gather(IntStream.range(0, GATHERED)
                .mapToObj(i -> order("u" + i, "k", 10))
                .toList());

        gate.open();

        for (int i = 0; i < GATHERED; i++) {
            if (i == 6) {
                assertThat(calls.get(i).outcome()).isEqualTo(new Outcome.Refused<>(Refusal.KEY_EXPIRED));
            } else {
                assertThat(part(calls.get(i).outcome()).balanceAfter()).isEqualTo(100);
            }
        }
        assertThat(ledger.database.count(STATEMENTS)).isEqualTo(1 + 3);
    }

    @ParameterizedTest
    @CsvSource({"pg_cancel_backend, 57014", "pg_terminate_backend, 57P01"})
    void failsAllWhenTheStatementIsStoppedAndSpendsEachOnceAfterwards(String stop, String state) throws Exception {
        try (Connection other = takeTheKeyOf("u3")) {
            gatherAllAndLetThemWaitForTheKey();
            ledger.database.query("SELECT " + stop + "(pid) FROM pg_stat_activity WHERE " + WAITING);
            for (Call call : calls) {
                var failure = catchThrowableOfType(ExecutionException.class, call::outcome);
                assertThat(failure.getCause())
                        .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState())
                                .isEqualTo(state));
            }
            assertThat(ledger.database.count(WAITERS)).isZero();
            other.rollback();
        }

        for (int i = 0; i < GATHERED; i++) {
            assertThat(part(spending.spend(order("u" + i, "k", 10))).balanceAfter())
                    .isEqualTo(100);
            assertThat(ledger.entries("u" + i)).containsExactly("credits IMPORT 110", "credits CONSUME -10");
        }
    }

    @Test
    void spendsPlainlyHoweverManyAskForAUserWhoseAccountWasLocked() throws Exception {
        // What is not plain looks for an earlier answer, and fails now.
        ledger.database.execute("REVOKE SELECT ON idempotency FROM credit_api;"
                + " GRANT SELECT (scope, key) ON idempotency TO credit_api");
        try (Connection other = ledger.database.as("credit_worker").getConnection();
                var update = other.createStatement()) {
            other.setAutoCommit(false);
            update.execute("UPDATE credit_account SET allowance = 100 WHERE subscriber_id ="
                    + " (SELECT id FROM subscriber WHERE user_id = 'u0')");
            calls.add(call(order("u0", "k", 1)));
            awaitAWaiter();
            gather(IntStream.range(1, GATHERED)
                    .mapToObj(i -> order("u0", "k" + i, 1))
                    .toList());
            assertThat(ledger.database.count(WAITERS)).isEqualTo(1);
            other.rollback();
        }

        for (int i = 0; i < GATHERED; i++) {
            assertThat(part(calls.get(i).outcome()).balanceAfter()).isEqualTo(109 - i);
        }
    }

    @Test
    void letsOneCallerOfAUserAtATimeDecideByTheRules() throws Exception {
        try (Connection other = ledger.database.superuser();
                var lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("SELECT FROM credit_account WHERE subscriber_id ="
                    + " (SELECT id FROM subscriber WHERE user_id = 'u0') FOR UPDATE");
            calls.add(call(order("u0", "k0", 111)));
            awaitAWaiter();
            gather(List.of(order("u0", "k1", 111), order("u0", "k2", 30)));
            assertThat(ledger.database.count(WAITERS)).isEqualTo(1);
            other.rollback();
        }

        assertThat(value(calls.get(0).outcome())).isInstanceOf(Funds.class);
        assertThat(value(calls.get(1).outcome())).isInstanceOf(Funds.class);
        assertThat(part(calls.get(2).outcome()).balanceAfter()).isEqualTo(80);
    }

    /** Uncommitted. */
    private Connection takeTheKeyOf(String userId) throws SQLException {
        Connection other = ledger.database.superuser();
        other.setAutoCommit(false);
        try (var insert = other.createStatement()) {
            insert.execute("INSERT INTO idempotency (scope, key, request_hash, created_at)"
                    + " SELECT id, 'k', sha256('other'), '2026-11-01' FROM subscriber WHERE user_id = '" + userId
                    + "'");
        }
        return other;
    }

    private void gatherAllAndLetThemWaitForTheKey() throws SQLException {
        occupyTheStatements();
        gather(IntStream.range(0, GATHERED)
                .mapToObj(i -> order("u" + i, "k", 10))
                .toList());
        gate.open();
        awaitAWaiter();
    }

    @Test
    void letsGoOfACallerWhoIsInterrupted() throws Exception {
        occupyTheStatements();
        gather(List.of(order("u0", "k", 10), order("u1", "k", 10), order("u2", "k", 10)));

        calls.get(1).thread().interrupt();

        assertThatThrownBy(() -> calls.get(1).outcome()).hasCauseInstanceOf(SQLException.class);
        gate.open();
        assertThat(part(calls.get(0).outcome()).balanceAfter()).isEqualTo(100);
        assertThat(part(calls.get(2).outcome()).balanceAfter()).isEqualTo(100);
        assertThat(ledger.balance("u1")).isEqualTo("100 + 10");
    }

    /** Two processes, as the ledger sees them; few users and few keys, so that they meet. */
    @Test
    void answersWhatTheLedgerSaysHoweverManySpendFromTheSameAccounts() throws SQLException {
        long seed = Long.getLong("seed", System.nanoTime());
        // Whoever opens a connection each time is slow enough for others to lose their turn.
        KeptConnections pool = new KeptConnections(ledger.database.as("credit_api"));
        LedgerAccess access = new LedgerAccess(pool, () -> ledger.now, () -> true, "api");
        Spending[] processes = {new Spending(access), new Spending(access)};
        Map<String, SpendResult> spent = new ConcurrentHashMap<>();

        List<Integer> contradictions = AtOnce.run(24, client -> {
            Random random = new Random(seed + client);
            int wrong = 0;
            for (int i = 0; i < 40; i++) {
                String userId = "u" + random.nextInt(GATHERED);
                int key = random.nextInt(60);
                SpendResult result = value(spent(processes[client % 2], order(userId, "k" + key, 1 + key % 5)));
                SpendResult earlier = result instanceof Spent
                        ? spent.putIfAbsent(userId + " k" + key, result)
                        : spent.get(userId + " k" + key);
                wrong += earlier == null || earlier.equals(result) ? 0 : 1;
            }
            return wrong;
        });

        pool.close();

        assertThat(contradictions).as("-Dseed=%d", seed).containsOnly(0);
        long answered = spent.values().stream()
                .mapToLong(result -> ((Spent) result).parts().get(0).amount())
                .sum();
        assertThat(ledger.database.count(
                        "SELECT -sum(amount) FROM ledger_entry WHERE type = 'CONSUME' AND actor = 'service:shop'"))
                .as("-Dseed=%d", seed)
                .isEqualTo(answered);
        assertThat(ledger.database.count(
                        "SELECT count(*) FROM ledger_entry WHERE type = 'CONSUME' AND actor = 'service:shop'"))
                .isEqualTo(spent.size());
        assertThat(ledger.database.count("SELECT min(allowance + bonus) FROM credit_account"))
                .isNotNegative();
    }

    /** Spends of others, who are not looked at. */
    private void occupyTheStatements() {
        gate.close();
        for (int i = 0; i < GatheredSpends.STATEMENTS_MAX; i++) {
            ledger.open(user("busy" + i).holding(100, 0));
            Call call =
                    call(new SpendOrder("busy" + i, Map.of(CreditKind.CREDITS, 1L), "test", Map.of(), request("k", 1)));
            await(call, Thread.State.WAITING);
        }
    }

    /** Callers who wait, in the order of their orders. */
    private void gather(List<SpendOrder> orders) {
        for (SpendOrder order : orders) {
            Call call = call(order);
            calls.add(call);
            await(call, Thread.State.TIMED_WAITING);
        }
    }

    private Call call(SpendOrder order) {
        FutureTask<Outcome<SpendResult>> answer = new FutureTask<>(() -> spending.spend(order));
        Call call = new Call(new Thread(answer), answer);
        call.thread().setDaemon(true);
        call.thread().start();
        return call;
    }

    private static void await(Call call, Thread.State state) {
        await("the caller is " + state, () -> {
            assertThat(call.answer().isDone()).as("a caller does not wait").isFalse();
            return call.thread().getState() == state;
        });
    }

    private void awaitAWaiter() {
        await("somebody waits for a lock", () -> ledger.database.count(WAITERS) > 0);
    }

    private static void await(String what, BooleanSupplier condition) {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - begun)
                    .as("nanoseconds before %s", what)
                    .isLessThan(TimeUnit.SECONDS.toNanos(20));
            Thread.onSpinWait();
        }
    }

    private static Outcome<SpendResult> spent(Spending process, SpendOrder order) {
        try {
            return process.spend(order);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SpentPart part(Outcome<SpendResult> outcome) {
        return ((Spent) value(outcome)).parts().get(0);
    }

    private static SpendOrder order(String userId, String key, long credits) {
        return order(userId, key, credits, Map.of());
    }

    private static SpendOrder order(String userId, String key, long credits, Map<String, Object> details) {
        return new SpendOrder(
                userId, Map.of(CreditKind.CREDITS, credits), "service:shop", Map.copyOf(details), request(key, (int)
                        credits));
    }
}
