package io.creditrefresh.local.bench;

import io.creditrefresh.local.OneLineErrors;
import io.creditrefresh.local.bench.pipeline.PipelineBench;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes one of the measurements. */
@Command(
        name = "deploy/local/bench",
        description = "Measures the pipeline on this machine, on data that are thrown away afterwards.",
        subcommands = {PipelineBench.class, MonitorBench.class})
public final class Bench {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("unused")
    private boolean help;

    public static void main(String[] arguments) {
        // The same figures everywhere, whatever the language of the user.
        Locale.setDefault(Locale.ROOT);
        System.exit(OneLineErrors.commandLine(new Bench()).execute(arguments));
    }
}
