package io.creditrefresh.local.bench.http;

import io.creditrefresh.local.OneLineErrors;
import io.creditrefresh.local.Screen;
import io.creditrefresh.local.bench.BenchStack;
import java.io.IOException;
import java.sql.SQLException;
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
            "The last line is one JSON object. The exit status is 1 when a limit is missed."
        })
public final class HttpBench implements Callable<Integer> {

    private static final int ROUNDS_MAX = 20;
    private static final int SECONDS_MIN = 2;
    private static final int SECONDS_MAX = 300;
    private static final int ACCOUNTS_MIN = 1_000;
    private static final int ACCOUNTS_MAX = 1_000_000;
    private static final int SCALE_MIN = HttpMeasurement.CLIENTS;
    private static final int SCALE_MAX = 1_000;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "So many rounds, 1 to 20; the medians are shown. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "15",
            description = "For so long each of the four measurements of a round, 2 to 300. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "40",
            description = "Spends for so long before the first measurement, 2 to 300. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "20000",
            description =
                    "Users, 1000 to 1000000, of whom each request picks one at random. Default: ${DEFAULT-VALUE}.")
    private int accounts;

    @Option(
            names = "--scale",
            paramLabel = "N",
            defaultValue = "32",
            description = "Scale of pgbench, 16 to 1000: with fewer branches than clients, clients would only wait for"
                    + " each other. Default: ${DEFAULT-VALUE}.")
    private int scale;

    private final Screen screen = Screen.ofProcess();

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        var problem = problem();
        if (problem.isPresent()) {
            System.err.println(problem.get());
            return OneLineErrors.BAD_USAGE;
        }
        try (var tools = HttpTools.find();
                var bench = BenchStack.start()) {
            var measurement = new HttpMeasurement(bench.stack(), tools, screen);
            measurement.prepare(accounts, scale);
            measurement.warmUp(warmUp);
            var report = new HttpReport(measurement.rounds(rounds, seconds), measurement.check());
            report.lines().forEach(line -> screen.line("  " + line));
            report.missed().forEach(missed -> screen.line("  MISSED " + missed));
            screen.line(report.json());
            return report.missed().isEmpty() ? 0 : 1;
        }
    }

    /** The first value that is out of its range, with what is allowed; empty when all are fine. */
    Optional<String> problem() {
        return Stream.of(
                        outOfRange("--rounds", rounds, 1, ROUNDS_MAX),
                        outOfRange("--seconds", seconds, SECONDS_MIN, SECONDS_MAX),
                        outOfRange("--warm-up", warmUp, SECONDS_MIN, SECONDS_MAX),
                        outOfRange("--accounts", accounts, ACCOUNTS_MIN, ACCOUNTS_MAX),
                        outOfRange("--scale", scale, SCALE_MIN, SCALE_MAX))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> outOfRange(String option, int value, int min, int max) {
        return value >= min && value <= max
                ? Optional.empty()
                : Optional.of("%s is %d to %d: %d".formatted(option, min, max, value));
    }
}
