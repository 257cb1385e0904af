package io.creditrefresh.local;

import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** How the commands of this folder end when something is wrong: one line, and an exit status. */
public final class OneLineErrors {

    /** Exit status of a command that was not asked for anything that it can do. */
    public static final int BAD_USAGE = 2;

    private OneLineErrors() {}

    public static CommandLine commandLine(Object command) {
        return new CommandLine(command)
                .setParameterExceptionHandler((problem, arguments) -> {
                    System.err.println(problem.getMessage() + " (--help shows what there is)");
                    return BAD_USAGE;
                })
                .setExecutionExceptionHandler((problem, line, parsed) -> {
                    LoggerFactory.getLogger(command.getClass()).error("the run failed", problem);
                    System.err.println(problem.getMessage());
                    return 1;
                });
    }
}
