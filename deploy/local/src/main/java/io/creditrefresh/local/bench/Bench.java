package io.creditrefresh.local.bench;

import io.creditrefresh.local.OneLineErrors;
import io.creditrefresh.local.Screen;
import io.creditrefresh.local.bench.http.HttpBench;
import io.creditrefresh.local.bench.pipeline.PipelineBench;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes one of the measurements, or all of them. */
@Command(
        name = "deploy/local/bench",
        sortOptions = false,
        description = {
            "Measures the pipeline on this machine, on data that are thrown away afterwards.",
            "Without a command it takes all measurements; its last line has the figures in JSON, null for what was not"
                    + " measured. Needs Linux and a JDK. The exit status is 1 when a ledger or a result is wrong."
        },
        subcommands = {PipelineBench.class, HttpBench.class, MonitorBench.class})
public final class Bench implements Callable<Integer> {

    private final Screen screen = Screen.ofProcess();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("unused")
    private boolean help;

    @Mixin
    private final BenchSize size = new BenchSize();

    public static void main(String[] arguments) {
        // The same figures everywhere, whatever the language of the user.
        Locale.setDefault(Locale.ROOT);
        System.exit(OneLineErrors.commandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws SQLException, IOException, InterruptedException {
        var problem = size.problem();
        if (problem.isPresent()) {
            System.err.println(problem.get());
            return OneLineErrors.BAD_USAGE;
        }
        return new AllFigures(screen)
                .take(List.of(
                        new PipelineBench(size),
                        new HttpBench(size.rounds()),
                        new MonitorBench(size.accounts() / 10),
                        new MonitorBench(size.accounts())));
    }
}
