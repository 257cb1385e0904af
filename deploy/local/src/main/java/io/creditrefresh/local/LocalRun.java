package io.creditrefresh.local;

import io.creditrefresh.local.stack.Artefacts;
import io.creditrefresh.local.stack.DataDirectory;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts, shows or stops a run, or prints a token or a signature for it, as the options say. */
@Command(
        name = "deploy/local/run",
        sortOptions = false,
        description = "Runs the whole pipeline on this machine and takes sample users through one simulated day.")
public final class LocalRun implements Callable<Integer> {

    @Mixin
    private final RunOptions options = new RunOptions();

    public static void main(String[] arguments) {
        // The same figures everywhere, whatever the language of the user.
        Locale.setDefault(Locale.ROOT);
        System.exit(OneLineErrors.commandLine(new LocalRun()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var problem = options.problem();
        if (problem.isPresent()) {
            System.err.println(problem.get());
            return OneLineErrors.BAD_USAGE;
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
        if (options.token().isPresent()) {
            return earlier.printToken(options.token().get());
        }
        if (options.signed().isPresent()) {
            return earlier.printSignature(options.signed().get());
        }
        return new DayRun(options, artefacts, data).call();
    }
}
