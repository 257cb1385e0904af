package io.creditrefresh.ledger.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.ledger.store.EventSwitch;
import io.creditrefresh.ledger.store.KeptConnections;
import io.creditrefresh.ledger.store.LedgerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * All use cases on real Postgres, by several clients of the same subscribers and a worker, in many random races. A
 * failure prints the seed of its race; {@code -Dseed=…} has the same commands race again, many times: who comes first
 * is nobody's to repeat.
 */
class CommandsRaceTest {

    private static final int RACES = 2_500;
    private static final int RACES_OF_ONE_SEED = 500;
    private static final int TRACKS = 2;

    private final LedgerDatabase database = LedgerDatabase.create();

    @Test
    void leavesALedgerThatOneCommandAfterTheOtherWouldHaveLeft()
            throws SQLException, InterruptedException, ExecutionException {
        RaceLedger ledger = RaceLedger.in(database);
        // What is committed is seen by all at once; that it also survives a power cut is not in question here.
        database.execute("DO $$ BEGIN EXECUTE format("
                + "'ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$");
        Long only = Long.getLong("seed");
        long first = only == null ? System.nanoTime() : only;
        List<Script> scripts = new ArrayList<>();
        for (int i = 0; i < (only == null ? RACES : RACES_OF_ONE_SEED); i++) {
            scripts.add(new Script("race-" + i, only == null ? first + i : first));
        }

        try (Connection owner = database.as("credit_owner").getConnection()) {
            owner.setAutoCommit(false);
            EventSwitch.on(owner, 20);
            owner.commit();
        }

        Map<Script, List<Ran>> ran = race(scripts);

        try (Connection connection = database.superuser()) {
            ledger.read(connection);
            for (int i = 0; i < scripts.size(); i++) {
                check(scripts.get(i), only == null ? first + i : first, ledger, ran.get(scripts.get(i)));
            }
            assertThat(LedgerAudit.findings(connection)).isEmpty();
        }
        assertThat(ledger.written).hasSize(scripts.size());
        assertThat(database.count("SELECT sum(refreshed) FROM refresh_batch"))
                .isEqualTo(database.count("SELECT count(*) FROM ledger_entry WHERE type = 'REFRESH'"));
        checkEvents();
    }

    private void checkEvents() {
        assertThat(database.count(
                        "SELECT count(*) FROM (SELECT seq < lag(seq) OVER (PARTITION BY account_id ORDER BY id)"
                                + " AS is_late FROM credit_event) placed WHERE is_late"))
                .as("events that stand before one of an earlier entry of their account")
                .isZero();
        assertThat(database.query("SELECT string_agg(account_id || '-' || seq, ',' ORDER BY account_id, seq)"
                        + " FROM credit_event WHERE type = 'refreshed'"))
                .isEqualTo(database.query("SELECT string_agg(account_id || '-' || seq, ',' ORDER BY account_id, seq)"
                        + " FROM ledger_entry WHERE type IN ('REFRESH', 'MANUAL_REFRESH')"));
        assertThat(database.count("SELECT count(*) FROM credit_event WHERE type = 'plan_changed'"))
                .isPositive();
    }

    private Map<Script, List<Ran>> race(List<Script> scripts)
            throws SQLException, InterruptedException, ExecutionException {
        ExecutorService tracks = Executors.newFixedThreadPool(TRACKS);
        try (KeptConnections api = new KeptConnections(database.as("credit_api"));
                KeptConnections planners = new KeptConnections(database.as("credit_planner"));
                KeptConnections workers = new KeptConnections(database.as("credit_worker"))) {
            List<List<Script>> parts = List.copyOf(scripts.stream()
                    .collect(Collectors.groupingBy(script -> scripts.indexOf(script) % TRACKS))
                    .values());
            List<Future<List<List<Ran>>>> runs = new ArrayList<>();
            for (List<Script> part : parts) {
                runs.add(tracks.submit(() -> new RaceTrack(part, api, planners, workers).run()));
            }
            Map<Script, List<Ran>> ran = new HashMap<>();
            for (int i = 0; i < parts.size(); i++) {
                List<List<Ran>> its = runs.get(i).get();
                for (int j = 0; j < its.size(); j++) {
                    ran.put(parts.get(i).get(j), its.get(j));
                }
            }
            return ran;
        } finally {
            tracks.shutdownNow();
        }
    }

    private static void check(Script script, long seed, RaceLedger ledger, List<Ran> ran) {
        try {
            new RaceCheck(script, ledger.prices, ledger.written.get(script.userId))
                    .check(ledger.left.get(script.userId), ran);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed %d, %s on %s, paused: %s: %s%n%s%n%s"
                            .formatted(
                                    seed,
                                    script.userId,
                                    script.plan,
                                    script.paused,
                                    e.getMessage(),
                                    lines(ran),
                                    lines(ledger.written.get(script.userId).values())),
                    e);
        }
    }

    private static String lines(Iterable<?> things) {
        StringBuilder lines = new StringBuilder();
        for (Object thing : things) {
            if (thing instanceof List<?> more) {
                lines.append(lines(more));
            } else {
                lines.append(thing).append('\n');
            }
        }
        return lines.toString();
    }
}
