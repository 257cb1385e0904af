package io.creditrefresh.ledger.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.creditrefresh.ledger.command.GatheredSpends.Waits;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.spend.PlainSpend;
import io.creditrefresh.ledger.spend.SpentPart;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long callers wait for statements that hang. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SpendWaitsTest {

    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Duration SHORT = Duration.ofMillis(100);

    private final Hanging statement = new Hanging();

    /** One caller with one spend. */
    private record Call(Thread thread, FutureTask<Optional<SpentPart>> answer) {

        Optional<SpentPart> part() throws Exception {
            return answer.get(10, TimeUnit.SECONDS);
        }

        Throwable failure() {
            return catchThrowableOfType(ExecutionException.class, this::part).getCause();
        }
    }

    @AfterEach
    void letAllGo() {
        statement.hanging.values().forEach(CountDownLatch::countDown);
    }

    @Test
    void goesOnHoweverManyStatementsHang() {
        GatheredSpends spends = new GatheredSpends(statement, 6, 2, new Waits(SHORT, LONG, LONG));
        List<String> users = List.of("first", "second", "third", "fourth", "fifth", "last");
        users.forEach(statement::hang);
        callOfOneThatBegins(spends, "first");

        users.subList(1, 6).forEach(user -> callOfOneThatWaits(spends, user));

        // In pairs: the last one is let go only by looking again and again.
        await("the last one begins", () -> statement.begun.contains("last"));
    }

    @Test
    void waitsNoLongerForATurnThanItMay() {
        GatheredSpends spends = new GatheredSpends(statement, 1, 2, new Waits(SHORT, SHORT, LONG));
        statement.hang("first");
        callOfOneThatBegins(spends, "first");

        Throwable failure = callOfOneThatWaits(spends, "second").failure();

        assertThat(failure).isInstanceOf(SQLException.class).hasMessageStartingWith("no turn");
        assertThat(statement.begun).doesNotContain("second");
    }

    @Test
    void waitsNoLongerForAnAnswerThanItMay() {
        Call follower = followerOfAGroupThatHangs(new Waits(Duration.ofSeconds(2), SHORT, SHORT));

        assertUnknown(follower.failure());
    }

    @Test
    void leavesUnknownWhatIsUnderWayWhenItsCallerIsInterrupted() throws Exception {
        Call follower = followerOfAGroupThatHangs(new Waits(LONG, LONG, LONG));

        follower.thread().interrupt();

        assertUnknown(follower.failure());
    }

    @Test
    void leavesNobodyWaitingWhenTheLeaderBreaks() {
        GatheredSpends spends = new GatheredSpends(statement, 1, 2, new Waits(LONG, LONG, LONG));
        statement.hang("first");
        callOfOneThatBegins(spends, "first");
        Call leader = callOfOneThatWaits(spends, Hanging.BREAKS);
        Call follower = callOfOneThatWaits(spends, "follower");

        statement.letGo("first");

        assertThat(leader.failure()).isInstanceOf(LinkageError.class);
        assertUnknown(follower.failure());
        assertThat(call(spends, "next").answer()).succeedsWithin(Duration.ofSeconds(10));
    }

    private Call followerOfAGroupThatHangs(Waits waits) {
        GatheredSpends spends = new GatheredSpends(statement, 1, 2, waits);
        statement.hang("first");
        statement.hang("leader");
        callOfOneThatBegins(spends, "first");
        callOfOneThatWaits(spends, "leader");
        Call follower = callOfOneThatWaits(spends, "follower");
        statement.letGo("first");
        await("both begin", () -> statement.begun.contains("follower"));
        return follower;
    }

    private static void assertUnknown(Throwable failure) {
        assertThat(failure).isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState())
                .isEqualTo("08007"));
    }

    private void callOfOneThatBegins(GatheredSpends spends, String userId) {
        call(spends, userId);
        await(userId + " begins", () -> statement.begun.contains(userId));
    }

    private static Call callOfOneThatWaits(GatheredSpends spends, String userId) {
        Call call = call(spends, userId);
        await(userId + " waits", () -> call.thread().getState() == Thread.State.TIMED_WAITING);
        return call;
    }

    private static Call call(GatheredSpends spends, String userId) {
        WaitingSpend spend = new WaitingSpend(SpendGroupTest.plain(userId, 1));
        FutureTask<Optional<SpentPart>> answer = new FutureTask<>(() -> spends.spend(spend));
        Call call = new Call(new Thread(answer), answer);
        call.thread().setDaemon(true);
        call.thread().start();
        return call;
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

    /** Hangs for some users, and breaks for one. */
    private static final class Hanging implements PlainStatement {

        private static final String BREAKS = "breaks";

        private final Map<String, CountDownLatch> hanging = new ConcurrentHashMap<>();
        private final Set<String> begun = ConcurrentHashMap.newKeySet();

        private void hang(String userId) {
            hanging.put(userId, new CountDownLatch(1));
        }

        private void letGo(String userId) {
            hanging.get(userId).countDown();
        }

        @Override
        public List<Optional<SpentPart>> together(List<PlainSpend> spends) throws SQLException {
            List<String> users =
                    spends.stream().map(spend -> spend.order().userId()).toList();
            begun.addAll(users);
            if (users.contains(BREAKS)) {
                throw new LinkageError("as when memory is out");
            }
            for (String user : users) {
                try {
                    hanging.getOrDefault(user, new CountDownLatch(0)).await();
                } catch (InterruptedException e) {
                    throw new SQLException(e);
                }
            }
            return spends.stream()
                    .map(spend ->
                            Optional.of(new SpentPart(1, CreditKind.CREDITS, 2, 1, 0, 0, CommandLedger.WITHIN, false)))
                    .toList();
        }

        @Override
        public Optional<SpentPart> alone(PlainSpend spend) {
            throw new AssertionError("nobody goes alone here");
        }
    }
}
