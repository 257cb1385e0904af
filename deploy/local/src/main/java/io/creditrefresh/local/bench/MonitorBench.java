package io.creditrefresh.local.bench;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.local.OneLineErrors;
import io.creditrefresh.local.Screen;
import io.creditrefresh.local.day.DayQueries;
import io.creditrefresh.local.day.SimulatedDay;
import io.creditrefresh.local.stack.DayClock;
import io.creditrefresh.local.stack.LocalStack;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.token.Bearer;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What operators look at all day: how fast it answers while a run goes on. */
@Command(
        name = "monitor",
        sortOptions = false,
        description = {
            "Asks for monitor and stats of many accounts while they are refreshed at 60 times the usual rate.",
            "The exit status is 1 when a limit is missed."
        })
final class MonitorBench implements Callable<Integer>, Measurement {

    private static final List<String> PATHS =
            List.of("/api/scheduled-tasks/credit-refresh-monitor", "/api/admin/credits/refresh-stats");

    private static final Duration WARM_UP = Duration.ofSeconds(10);

    // Noon, so that there is a morning to look back on, and the afternoon outlasts the longest measurement. The planner
    // ticks every second of it. Much faster would not do: the grace time, at least a minute of real time, would reach
    // into the day before, and snapshots would have to as well.
    private static final Duration BEGIN = Duration.ofHours(12);
    private static final double SPEED = 60;

    // The services get their clock before they start.
    private static final Duration LEAD = Duration.ofSeconds(15);
    private static final int ACCOUNTS_MIN = 10_000;
    private static final int ACCOUNTS_MAX = 10_000_000;
    private static final int CLIENTS = 16;
    private static final int SECONDS = 60;
    private static final int CLIENTS_MAX = 1_000;
    private static final int SECONDS_MAX = 600;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "So many accounts, 10000 to 10000000, a thirtieth of them due on the day."
                    + " Default: ${DEFAULT-VALUE}.")
    private int accounts;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "" + CLIENTS,
            description = "So many clients ask at once, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int clients = CLIENTS;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "" + SECONDS,
            description = "For so long, 1 to 600, after 10 s of warm-up. Default: ${DEFAULT-VALUE}.")
    private int seconds = SECONDS;

    private final Screen screen = Screen.ofProcess();

    /** Of what the command line names. */
    MonitorBench() {}

    /** Of so many accounts, else as the command line has it by default. */
    MonitorBench(int accounts) {
        this.accounts = accounts;
    }

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        var problem = problem();
        if (problem.isPresent()) {
            System.err.println(problem.get());
            return OneLineErrors.BAD_USAGE;
        }
        return missed().isEmpty() ? 0 : 1;
    }

    /** It has no figure in the last line, and tells by itself which limits were missed. */
    @Override
    public boolean take(Figures figures) throws SQLException, IOException, InterruptedException {
        var unused = missed();
        return true;
    }

    private List<String> missed() throws SQLException, IOException, InterruptedException {
        try (var bench = BenchStack.start()) {
            var report = measure(bench);
            report.lines().forEach(line -> screen.line("  " + line));
            report.missed().forEach(missed -> screen.line("  MISSED " + missed));
            return report.missed();
        }
    }

    /** The first value that is out of its range, with what is allowed; empty when all are fine. */
    Optional<String> problem() {
        return Stream.of(
                        Ranges.outside("--accounts", accounts, ACCOUNTS_MIN, ACCOUNTS_MAX),
                        Ranges.outside("--clients", clients, 1, CLIENTS_MAX),
                        Ranges.outside("--seconds", seconds, 1, SECONDS_MAX))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private MonitorReport measure(BenchStack bench) throws SQLException, IOException, InterruptedException {
        var stack = bench.stack();
        var realTime = InstantSource.system();
        // Yesterday, so that the simulated time never runs ahead of the real one.
        var day = LocalDate.ofInstant(realTime.instant(), ZoneOffset.UTC).minusDays(1);
        createAccounts(stack, day);
        var time = Duration.ofSeconds(seconds);
        stack.useClock(DayClock.dayFrom(
                SimulatedDay.startOf(day).plus(BEGIN), realTime.instant().plus(LEAD), SPEED));
        bench.startServices(Service.API, Service.PLANNER, Service.worker(1));
        var api = stack.running(Service.API).orElseThrow();
        var endpoints = PATHS.stream().map(path -> URI.create(api.url() + path)).toList();
        try (var watch = new SnapshotWatch(api);
                var all = new Clients(clients, stack.tokens().of(Bearer.ADMIN), endpoints)) {
            all.ask(WARM_UP);
            var before = refreshed(stack, day);
            screen.line("  %d clients ask for %d s ...".formatted(clients, seconds));
            var answers = all.ask(time);
            return new MonitorReport(answers, watch.times(), refreshed(stack, day) - before);
        }
    }

    private void createAccounts(LocalStack stack, LocalDate day) throws SQLException {
        var started = System.nanoTime();
        try (var connection = stack.connect(PostgresServer.SUPERUSER)) {
            BenchAccounts.create(connection, accounts, day);
            BenchAccounts.settle(connection);
        }
        screen.done("%,d accounts created".formatted(accounts), Duration.ofNanos(System.nanoTime() - started));
    }

    private static long refreshed(LocalStack stack, LocalDate day) throws SQLException {
        try (var connection = stack.connect(PostgresServer.SUPERUSER)) {
            return new DayQueries(connection).inBatches(day);
        }
    }
}
