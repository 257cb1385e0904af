package io.creditrefresh.local.bench.http;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.local.OneLineErrors;
import io.creditrefresh.local.Screen;
import io.creditrefresh.local.bench.BenchAccounts;
import io.creditrefresh.local.bench.BenchStack;
import io.creditrefresh.local.stack.LocalStack;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.stack.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Spending and status over HTTP, as a backend and its users ask, beside the usual benchmark of Postgres. */
@Command(
        name = "http",
        sortOptions = false,
        description = {
            "Spends and asks for status over HTTP with 16 clients, tokens and idempotency keys, in turn with"
                    + " pgbench's tpcb-like transaction on the same server.",
            "Takes wrk and pgbench from the PATH, else from Debian's packages.",
            "The last line is one JSON object. The exit status is 1 when a limit is missed."
        })
public final class HttpBench implements Callable<Integer> {

    private static final int CLIENTS = 16;
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "So many rounds, 1 to 20. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "15", description = "For so long each measurement, 2 to 300. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--warm-up", paramLabel = "N", defaultValue = "30", description = "Seconds of load before the first measurement, 2 to 300. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(names = "--accounts", paramLabel = "N", defaultValue = "20000", description = "So many users, 1000 to 1000000. Default: ${DEFAULT-VALUE}.")
    private int accounts;

    @Option(names = "--scale", paramLabel = "N", defaultValue = "32", description = "Scale of pgbench, 16 to 1000. Default: ${DEFAULT-VALUE}.")
    private int scale;

    private final Screen screen = Screen.ofProcess();

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        try (var bench = BenchStack.start()) {
            return measure(bench.stack());
        }
    }

    private int measure(LocalStack stack) throws SQLException, IOException, InterruptedException {
        var folder = Files.createDirectories(stack.log("api").resolveSibling("../http").normalize());
        var pgBench = new PgBench(folder.resolve("pgbench"), stack.postgres());
        var tokens = BenchTokens.makeIn(folder);
        var load = new HttpLoad(folder, CLIENTS, IntStream.rangeClosed(1, accounts).mapToObj(n -> "bench-" + n).toList(), tokens);
        pgBench.initialise(scale);
        try (var connection = stack.connect(PostgresServer.SUPERUSER)) {
            BenchAccounts.create(connection, accounts, LocalDate.now(ZoneOffset.UTC).plusDays(1));
            BenchAccounts.settle(connection);
        }
        var api = stack.start(Service.API, tokens.environment());
        if (!api.awaitReady(READY_LIMIT)) {
            throw new IllegalStateException("the API is not ready; look into " + api.log());
        }
        long spent = load.run(api.url(), HttpLoad.Kind.CONSUME, warmUp, 0).requests();
        load.run(api.url(), HttpLoad.Kind.STATUS, Math.max(2, warmUp / 3), 0);
        pgBench.run(CLIENTS, 2);
        try (var connection = stack.connect(PostgresServer.SUPERUSER)) {
            BenchAccounts.settle(connection);
        }
        for (int round = 1; round <= rounds; round++) {
            var c0 = cpu(stack, api);
            var tps = pgBench.run(CLIENTS, seconds);
            var c1 = cpu(stack, api);
            var max = load.run(api.url(), HttpLoad.Kind.CONSUME, seconds, 0);
            var c2 = cpu(stack, api);
            double half = max.requests() / (double) seconds / 2;
            var consume = load.run(api.url(), HttpLoad.Kind.CONSUME, seconds, half);
            var c3 = cpu(stack, api);
            var status = load.run(api.url(), HttpLoad.Kind.STATUS, seconds, half);
            var c4 = cpu(stack, api);
            spent += max.requests() + consume.requests();
            screen.line("tps " + tps + " " + c1.since(c0));
            screen.line("max " + max.requests() / seconds + " " + max + c2.since(c1));
            screen.line("half " + consume.requests() / seconds + " " + consume + c3.since(c2));
            screen.line("status " + status.requests() / seconds + " " + status + c4.since(c3));
        }
        try (var connection = stack.connect(PostgresServer.SUPERUSER);
             var s = connection.createStatement(); var r = s.executeQuery("SELECT -sum(amount) FROM ledger_entry WHERE type = 'CONSUME'")) {
            r.next();
            screen.line("spent " + r.getLong(1) + " answered " + spent + " audit " + LedgerAudit.findings(connection).size());
        }
        return 0;
    }

    private static CpuTimes cpu(LocalStack stack, ServiceProcess api) {
        return CpuTimes.now(api.pid(), stack.postgres().pid().orElseThrow());
    }
}
