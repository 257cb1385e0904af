package io.creditrefresh.local.bench.http;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.local.Screen;
import io.creditrefresh.local.bench.BenchAccounts;
import io.creditrefresh.local.bench.http.HttpLoad.Kind;
import io.creditrefresh.local.bench.http.HttpRound.Step;
import io.creditrefresh.local.bench.machine.Machine;
import io.creditrefresh.local.stack.LocalStack;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.stack.ServiceProcess;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Takes the measurements, one after the other, and keeps count of what was spent. */
final class HttpMeasurement {

    static final int CLIENTS = 16;

    /** A load that falls behind its rate hides what requests would have waited. */
    private static final double KEPT_RATE = 0.97;

    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    private static final String SPENT = """
            SELECT -sum(amount)
            FROM ledger_entry
            WHERE type = 'CONSUME'
            """;

    private final LocalStack stack;
    private final Screen screen;
    private final HttpLoad load;
    private final PgBench pgbench;
    private final BenchTokens tokens;
    private long answeredSpends;

    HttpMeasurement(LocalStack stack, HttpTools tools, Screen screen) throws IOException {
        this.stack = stack;
        this.screen = screen;
        this.load = new HttpLoad(tools, CLIENTS);
        this.pgbench = new PgBench(tools.pgbench(), stack.postgres(), CLIENTS);
        this.tokens = BenchTokens.makeIn(tools.folder());
    }

    /** Makes the tables of both, and starts the API alone. */
    void prepare(int accounts, int scale) throws SQLException, IOException, InterruptedException {
        var started = System.nanoTime();
        load.prepare(accounts, tokens);
        pgbench.initialise(scale);
        try (var connection = stack.connect(PostgresServer.SUPERUSER)) {
            // Nobody is due before tomorrow.
            BenchAccounts.create(
                    connection, accounts, LocalDate.now(ZoneOffset.UTC).plusDays(1));
            BenchAccounts.settle(connection);
        }
        var api = stack.start(Service.API, tokens.environment());
        if (!api.awaitReady(READY_LIMIT)) {
            throw new NotMeasuredException("the API is not ready; look into " + api.log());
        }
        done("%,d accounts and pgbench's tables of scale %d made, API ready".formatted(accounts, scale), started);
    }

    /**
     * Lets the API's JVM and both databases come to their usual pace.
     *
     * @param seconds of spending; half as long of status
     */
    void warmUp(int seconds) throws SQLException {
        var started = System.nanoTime();
        spend(seconds, HttpLoad.NO_RATE);
        load.run(api().url(), Kind.STATUS, Math.max(1, seconds / 2), HttpLoad.NO_RATE);
        pgbench.perSecond(seconds);
        // Until then the table of keys was known to be empty, and statements were planned to read all of it.
        try (var connection = stack.connect(PostgresServer.SUPERUSER)) {
            BenchAccounts.settle(connection);
        }
        done("warmed up", started);
    }

    List<HttpRound> rounds(int count, int seconds) throws IOException, SQLException {
        var rounds = new ArrayList<HttpRound>();
        for (int i = 1; i <= count; i++) {
            var started = System.nanoTime();
            rounds.add(round(i, seconds));
            done("round %d of %d".formatted(i, count), started);
        }
        return rounds;
    }

    /** What the ledger says otherwise than the answers did, and what is wrong in it, a line each. */
    List<String> problems() throws SQLException {
        var problems = new ArrayList<String>();
        try (var connection = stack.connect(PostgresServer.SUPERUSER)) {
            var spent = spent(connection);
            if (spent != answeredSpends) {
                problems.add("%d credits are spent, and %d spends were answered".formatted(spent, answeredSpends));
            }
            LedgerAudit.findings(connection).forEach(finding -> problems.add("audit: " + finding));
        }
        return problems;
    }

    /** Spends of one credit each that were answered, those of the warm-up included. */
    long answeredSpends() {
        return answeredSpends;
    }

    private static long spent(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(SPENT);
                var row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Every other round has the two the other way round: what comes first might have it easier, or harder. */
    private HttpRound round(int number, int seconds) throws IOException, SQLException {
        var loadBefore = Machine.load();
        Step tpcb;
        Step most;
        if (number % 2 == 1) {
            tpcb = tpcb(seconds);
            most = most(seconds);
        } else {
            most = most(seconds);
            tpcb = tpcb(seconds);
        }
        var consume = atHalf(Kind.CONSUME, seconds, most);
        var status = atHalf(Kind.STATUS, seconds, most);
        return new HttpRound(tpcb, most, consume, status, loadBefore);
    }

    private Step most(int seconds) throws SQLException {
        return http(Kind.CONSUME, seconds, HttpLoad.NO_RATE);
    }

    private Step atHalf(Kind kind, int seconds, Step most) throws SQLException {
        var rate = most.perSecond() / 2;
        var step = http(kind, seconds, rate);
        if (step.perSecond() < KEPT_RATE * rate) {
            throw new NotMeasuredException(
                    "%.0f requests a second were asked for, and %.0f came".formatted(rate, step.perSecond()));
        }
        return step;
    }

    /** Each begins with the same to write: pages that were not touched since a checkpoint are written whole. */
    private void checkpoint() throws SQLException {
        try (var connection = stack.connect(PostgresServer.SUPERUSER);
                var statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
        }
    }

    private Step tpcb(int seconds) throws SQLException {
        checkpoint();
        var before = cpu();
        var perSecond = pgbench.perSecond(seconds);
        return Step.of(perSecond, 0, 0, seconds, cpu().minus(before));
    }

    private Step http(Kind kind, int seconds, double rate) throws SQLException {
        checkpoint();
        var before = cpu();
        var result = kind == Kind.CONSUME ? spend(seconds, rate) : load.run(api().url(), kind, seconds, rate);
        return Step.of((double) result.requests() / seconds, result.p50(), result.p99(), seconds, cpu().minus(before));
    }

    private LoadResult spend(int seconds, double rate) {
        var result = load.run(api().url(), Kind.CONSUME, seconds, rate);
        answeredSpends += result.requests();
        return result;
    }

    private HttpCpu cpu() {
        return HttpCpu.read(stack, api());
    }

    private ServiceProcess api() {
        return stack.running(Service.API).orElseThrow(() -> new NotMeasuredException("the API has ended"));
    }

    private void done(String what, long startedNanos) {
        screen.done(what, Duration.ofNanos(System.nanoTime() - startedNanos));
    }
}
