package io.creditrefresh.local.bench.http;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.local.OneLineErrors;
import io.creditrefresh.local.Screen;
import io.creditrefresh.local.bench.AllFigures;
import io.creditrefresh.local.bench.BenchStack;
import io.creditrefresh.local.bench.Figures;
import io.creditrefresh.local.bench.Measurement;
import io.creditrefresh.local.bench.Ranges;
import io.creditrefresh.local.bench.machine.Machine;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Spending and status over HTTP, as a product's backend and its users ask, beside the usual benchmark of Postgres. */
@Command(
        name = "http",
        sortOptions = false,
        description = {
            "Spends and asks for status with 16 clients, with tokens and idempotency keys, in turn with pgbench's"
                    + " tpcb-like transaction on the same server.",
            "Takes wrk and pgbench from the PATH, else from Debian's packages, which it unpacks and does not install.",
            "Needs Linux and a JDK. The exit status is 1 when a request failed or the ledger is wrong."
        })
public final class HttpBench implements Callable<Integer>, Measurement {

    private static final int ROUNDS = 3;
    private static final int SECONDS = 15;
    private static final int WARM_UP = 40;
    private static final int ACCOUNTS = 500_000;
    private static final int SCALE = 2 * HttpMeasurement.CLIENTS;
    private static final int ROUNDS_MAX = 25;
    private static final int SECONDS_MIN = 2;
    private static final int SECONDS_MAX = 300;
    private static final int ACCOUNTS_MIN = 1_000;
    private static final int ACCOUNTS_MAX = 10_000_000;
    private static final int SCALE_MIN = HttpMeasurement.CLIENTS;
    private static final int SCALE_MAX = 1_000;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "" + ROUNDS,
            description = "So many rounds, 1 to 25; the medians are shown. Default: ${DEFAULT-VALUE}.")
    private int rounds = ROUNDS;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "" + SECONDS,
            description = "For so long each of the four measurements of a round, 2 to 300. Default: ${DEFAULT-VALUE}.")
    private int seconds = SECONDS;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "" + WARM_UP,
            description = "Spends for so long before the first measurement, 2 to 300. Default: ${DEFAULT-VALUE}.")
    private int warmUp = WARM_UP;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "" + ACCOUNTS,
            description =
                    "Users, 1000 to 10000000, of whom each request picks one at random. Default: ${DEFAULT-VALUE}.")
    private int accounts = ACCOUNTS;

    @Option(
            names = "--scale",
            paramLabel = "N",
            defaultValue = "" + SCALE,
            description = "Scale of pgbench, 16 to 1000: with fewer branches than clients, clients would only wait for"
                    + " each other. Default: ${DEFAULT-VALUE}.")
    private int scale = SCALE;

    private final Screen screen = Screen.ofProcess();

    /** As the command line says. */
    public HttpBench() {}

    /** In so many rounds, else as the command line has it by default. */
    public HttpBench(int rounds) {
        this.rounds = rounds;
    }

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        var problem = problem();
        if (problem.isPresent()) {
            System.err.println(problem.get());
            return OneLineErrors.BAD_USAGE;
        }
        return new AllFigures(screen).take(List.of(this));
    }

    @Override
    public boolean take(Figures figures) throws SQLException, IOException, InterruptedException {
        try (var tools = HttpTools.find();
                var bench = BenchStack.start()) {
            try (var connection = bench.stack().connect(PostgresServer.SUPERUSER)) {
                screen.line("  " + Machine.describe(connection));
            }
            var measurement = new HttpMeasurement(bench.stack(), tools, screen);
            measurement.prepare(accounts, scale);
            measurement.warmUp(warmUp);
            var report = new HttpReport(measurement.rounds(rounds, seconds));
            report.lines().forEach(line -> screen.line("  " + line));
            report.addTo(figures);
            var problems = measurement.problems();
            problems.forEach(wrong -> screen.line("  WRONG " + wrong));
            screen.line("  %,d spends were answered".formatted(measurement.answeredSpends()));
            return problems.isEmpty();
        }
    }

    /** The first value that is out of its range, with what is allowed; empty when all are fine. */
    Optional<String> problem() {
        return Stream.of(
                        Ranges.outside("--rounds", rounds, 1, ROUNDS_MAX),
                        Ranges.outside("--seconds", seconds, SECONDS_MIN, SECONDS_MAX),
                        Ranges.outside("--warm-up", warmUp, SECONDS_MIN, SECONDS_MAX),
                        Ranges.outside("--accounts", accounts, ACCOUNTS_MIN, ACCOUNTS_MAX),
                        Ranges.outside("--scale", scale, SCALE_MIN, SCALE_MAX))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
