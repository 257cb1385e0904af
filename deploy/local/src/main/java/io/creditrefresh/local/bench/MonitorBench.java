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
            "Asks for monitor and stats of many accounts while a simulated day of refreshing goes by.",
            "The exit status is 1 when a limit is missed."
        })
final class MonitorBench implements Callable<Integer> {

    private static final List<String> PATHS =
            List.of("/api/scheduled-tasks/credit-refresh-monitor", "/api/admin/credits/refresh-stats");

    private static final Duration WARM_UP = Duration.ofSeconds(10);

    // The services get their clock before they start; by then the day has begun, and it ends after the last answer.
    private static final Duration LEAD = Duration.ofSeconds(15);
    private static final Duration RESERVE = Duration.ofSeconds(45);
    private static final int ACCOUNTS_MAX = 10_000_000;
    private static final int CLIENTS_MAX = 1_000;
    private static final int SECONDS_MAX = 3_600;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "So many accounts, 1000 to 10000000, a thirtieth of them due on the day."
                    + " Default: ${DEFAULT-VALUE}.")
    private int accounts;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "16",
            description = "So many clients ask at once, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int clients;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "For so long, 1 to 3600, after 10 s of warm-up. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    private final Screen screen = Screen.ofProcess();

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        var problem = problem();
        if (problem.isPresent()) {
            System.err.println(problem.get());
            return OneLineErrors.BAD_USAGE;
        }
        try (var bench = BenchStack.start()) {
            var report = measure(bench);
            report.lines().forEach(line -> screen.line("  " + line));
            report.missed().forEach(missed -> screen.line("  MISSED " + missed));
            return report.missed().isEmpty() ? 0 : 1;
        }
    }

    /** The first value that is out of its range, with what is allowed; empty when all are fine. */
    Optional<String> problem() {
        return Stream.of(
                        outOfRange("--accounts", accounts, 1_000, ACCOUNTS_MAX),
                        outOfRange("--clients", clients, 1, CLIENTS_MAX),
                        outOfRange("--seconds", seconds, 1, SECONDS_MAX))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> outOfRange(String option, int value, int min, int max) {
        return value >= min && value <= max
                ? Optional.empty()
                : Optional.of("%s is %d to %d: %d".formatted(option, min, max, value));
    }

    private MonitorReport measure(BenchStack bench) throws SQLException, IOException, InterruptedException {
        var stack = bench.stack();
        var realTime = InstantSource.system();
        // Yesterday, so that the simulated time never runs ahead of the real one.
        var day = LocalDate.ofInstant(realTime.instant(), ZoneOffset.UTC).minusDays(1);
        createAccounts(stack, day);
        var time = Duration.ofSeconds(seconds);
        var dayTakes = WARM_UP.plus(time).plus(RESERVE);
        stack.useClock(DayClock.dayFrom(
                SimulatedDay.startOf(day), realTime.instant().plus(LEAD), 86_400.0 / dayTakes.toSeconds()));
        bench.startServices(Service.API, Service.PLANNER, Service.worker(1));
        var api = stack.running(Service.API).orElseThrow();
        var endpoints = PATHS.stream().map(path -> URI.create(api.url() + path)).toList();
        try (var watch = new SnapshotWatch(api);
                var all = new Clients(clients, stack.tokens().of(Bearer.SUPPORT), endpoints)) {
            all.ask(WARM_UP);
            var before = refreshed(stack, day);
            screen.line("%,d accounts, a day of refreshing in %d s, %d clients for %d s"
                    .formatted(accounts, dayTakes.toSeconds(), clients, seconds));
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
