package io.creditrefresh.ledger.race;

import io.creditrefresh.ledger.command.BulkAtOnce;
import io.creditrefresh.ledger.command.LedgerAccess;
import io.creditrefresh.ledger.store.KeptConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs one race after the other: the clients of a script, one thread each, and a worker that refreshes whenever time
 * has passed. All share one clock.
 */
final class RaceTrack {

    private static final String SECOND_ACCOUNT = """
            WITH opened AS (
                INSERT INTO credit_account (
                    subscriber_id, kind, plan, allowance, bonus, granted_this_period, period_start, period_end,
                    refresh_at, phase, version)
                SELECT
                    a.subscriber_id, 'analysis', a.plan, p.amount, 0, p.amount, a.period_start, a.period_end,
                    a.refresh_at, a.phase, 1
                FROM credit_account a
                JOIN subscriber s ON s.id = a.subscriber_id
                CROSS JOIN LATERAL (
                    SELECT amount
                    FROM plan_allowance
                    WHERE plan_code = a.plan
                        AND kind = 'analysis'
                        AND valid_from <= a.period_start
                    ORDER BY valid_from DESC
                    LIMIT 1) p
                WHERE s.user_id = ?
                RETURNING id, allowance, period_start
            )
            INSERT INTO ledger_entry (
                account_id, seq, type, amount, balance_before, balance_after, granted, bonus_change, period_start,
                actor, created_at)
            SELECT id, 1, 'PROVISION', allowance, 0, allowance, allowance, 0, period_start, 'test', period_start
            FROM opened
            """;

    private final List<Script> scripts;
    private final AtomicLong millis = new AtomicLong();
    private final BlockingQueue<Boolean> passed = new LinkedBlockingQueue<>();
    private final LedgerAccess ledger;
    private final BulkAtOnce bulk;
    private final WorkerLoop worker;
    private final CyclicBarrier start;
    private final CyclicBarrier finish;
    private volatile boolean paused;
    private int next;

    RaceTrack(List<Script> scripts, KeptConnections api, KeptConnections planners, KeptConnections workers) {
        this.scripts = scripts;
        InstantSource clock = () -> Instant.ofEpochMilli(millis.get());
        ledger = new LedgerAccess(api, clock, () -> !paused, "api");
        bulk = new BulkAtOnce(ledger, planners, workers);
        worker = new WorkerLoop(workers, clock);
        start = new CyclicBarrier(Script.CLIENTS + 1, this::prepare);
        finish = new CyclicBarrier(Script.CLIENTS);
    }

    /** Returns what came of the ops, by script. */
    List<List<Ran>> run() throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(Script.CLIENTS + 1);
        try {
            List<Future<List<List<Ran>>>> clients = new ArrayList<>();
            for (int i = 0; i < Script.CLIENTS; i++) {
                int client = i;
                clients.add(threads.submit(() -> orStop(() -> clientRaces(client))));
            }
            Future<?> refreshing = threads.submit(() -> orStop(this::workerRaces));
            refreshing.get();
            List<List<Ran>> all = new ArrayList<>();
            scripts.forEach(script -> all.add(new ArrayList<>()));
            for (Future<List<List<Ran>>> client : clients) {
                List<List<Ran>> its = client.get();
                for (int i = 0; i < its.size(); i++) {
                    all.get(i).addAll(its.get(i));
                }
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Who fails stops the others. */
    private <T> T orStop(Callable<T> races) throws Exception {
        boolean finished = false;
        try {
            T result = races.call();
            finished = true;
            return result;
        } finally {
            if (!finished) {
                start.reset();
                finish.reset();
                passed.add(false);
            }
        }
    }

    private List<List<Ran>> clientRaces(int which) throws InterruptedException, BrokenBarrierException {
        Client client = new Client(ledger, bulk, this::pass);
        List<List<Ran>> ran = new ArrayList<>();
        for (Script script : scripts) {
            start.await();
            ran.add(client.runAll(script.userId, script.clients.get(which)));
            if (finish.await() == 0) {
                passed.add(false);
            }
        }
        return ran;
    }

    private Object workerRaces() throws InterruptedException, BrokenBarrierException, SQLException {
        for (Script script : scripts) {
            start.await();
            while (passed.take()) {
                if (!script.paused) {
                    worker.refresh(script.userId);
                }
            }
        }
        return scripts;
    }

    private void pass(long time) {
        millis.addAndGet(time);
        passed.add(true);
    }

    private void prepare() {
        Script script = scripts.get(next++);
        millis.set(script.startMillis);
        paused = script.paused;
        if (script.kinds.size() > 1) {
            openBoth(script);
        }
    }

    /** The second account comes from elsewhere: before the race. */
    private void openBoth(Script script) {
        new Client(ledger, bulk, this::pass)
                .runAll(script.userId, script.clients.get(0).subList(0, 1));
        try (Connection connection = ledger.database().getConnection();
                var insert = connection.prepareStatement(SECOND_ACCOUNT)) {
            insert.setString(1, script.userId);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
