package io.creditrefresh.local;

import io.creditrefresh.local.stack.Artefacts;
import io.creditrefresh.local.stack.DataDirectory;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts, shows or stops a run, as the options say. */
@Command(
        name = "deploy/local/run",
        sortOptions = false,
        description = "Runs the whole pipeline on this machine and takes sample users through one simulated day.")
public final class LocalRun implements Callable<Integer> {

    private static final int BAD_USAGE = 2;

    @Mixin
    private final RunOptions options = new RunOptions();

    public static void main(String[] arguments) {
        // The same figures everywhere, whatever the language of the user.
        Locale.setDefault(Locale.ROOT);
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new LocalRun())
                .setParameterExceptionHandler((problem, arguments) -> {
                    System.err.println(problem.getMessage() + " (--help shows what there is)");
                    return BAD_USAGE;
                })
                .setExecutionExceptionHandler((problem, command, parsed) -> {
                    LoggerFactory.getLogger(LocalRun.class).error("the run failed", problem);
                    System.err.println(problem.getMessage());
                    return 1;
                });
    }

    @Override
    public Integer call() throws Exception {
        var problem = options.problem();
        if (problem.isPresent()) {
            System.err.println(problem.get());
            return BAD_USAGE;
        }
        var artefacts = Artefacts.find();
        var data = DataDirectory.find(artefacts);
        var earlier = new EarlierRun(data);
        if (options.status()) {
            return earlier.showStatus();
        }
        if (options.stop()) {
            return earlier.stop();
        }
        return new DayRun(options, artefacts, data).call();
    }
}
