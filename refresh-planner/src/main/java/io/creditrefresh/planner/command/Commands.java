package io.creditrefresh.planner.command;

import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The commands of the planner's artefact; without one, it is the service. */
@Command(
        name = "refresh-planner",
        description = {
            "Without a command: the service that emits refresh jobs.",
            "The commands need only the database: QUARKUS_DATASOURCE_JDBC_URL"
                    + " (default: jdbc:postgresql://localhost:5432/credits), QUARKUS_DATASOURCE_PASSWORD."
        },
        synopsisSubcommandLabel = "COMMAND")
public final class Commands {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("unused")
    private boolean help;

    private Commands() {}

    /**
     * Runs the command that the arguments name, on the standard streams.
     *
     * @return the exit code: 0 when all is well, 2 when the command could not do its work, others as its help says
     */
    public static int run(String[] args) {
        return commandLine(OperatorSettings::read).execute(args);
    }

    static CommandLine commandLine(Supplier<OperatorSettings> settings) {
        return new CommandLine(new Commands())
                .addSubcommand(new MigrateCommand(settings))
                .addSubcommand(new ImportCommand(settings))
                .addSubcommand(new SyncCommand(settings))
                .addSubcommand(new BackfillCommand(settings))
                .addSubcommand(new VerifyCommand(settings))
                .addSubcommand(new EventsCommand(settings))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Commands::failed);
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult arguments) {
        PrintWriter err = command.getErr();
        if (e instanceof CommandFailedException) {
            err.println(e.getMessage());
        } else {
            e.printStackTrace(err);
        }
        return ExitCode.USAGE;
    }
}
