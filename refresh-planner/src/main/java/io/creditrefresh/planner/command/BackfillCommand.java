package io.creditrefresh.planner.command;

import io.creditrefresh.ledger.command.Backfill;
import io.creditrefresh.ledger.command.LedgerAccess;
import io.creditrefresh.ledger.command.Rollouts;
import io.creditrefresh.ledger.command.Switches;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.settings.SettingsCheck;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Opens the accounts of Credits v2 before their users need them. */
@Command(
        name = "backfill-v2",
        description = {
            "Opens the accounts of Credits v2 (analysis, roast) for subscribers who do not have them, as their first spend"
                    + " would: in the period of their credits, with their plan's amounts. Whoever is due is refreshed first.",
            "Allowed once the rollout has begun, which is with the first user who is let in, by override for example.",
            "Each subscriber is a transaction of its own, in the order of their ids. What is opened is not opened again, so a"
                    + " run that was interrupted is simply started again, and goes on where it ended.",
            "Connects as credit_operator unless QUARKUS_DATASOURCE_USERNAME names another role."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all of them have their accounts",
            "1:some users' accounts could not be opened, each named on the standard error",
            "2:the command, the rollout or the database is not as it must be; what is opened stays"
        })
final class BackfillCommand implements Callable<Integer> {

    private static final String ROLE = "credit_operator";

    /** As the ledger names who runs commands. */
    private static final String OPERATOR = "operator";

    private static final String ACTOR = "operator:backfill-v2";

    private static final int SOME_NOT_OPENED = 1;
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

    /** The first page of a run that goes on reads over all that is done. */
    private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(5);

    private final Supplier<OperatorSettings> settings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--dry-run", description = "Print what would be opened and write nothing.")
    private boolean dryRun;

    @Option(
            names = "--percentage",
            paramLabel = "N",
            defaultValue = "100",
            description =
                    "Only for those whom a rollout at so many per cent lets in, 1 to 100. Default: ${DEFAULT-VALUE}.")
    private int percentage;

    BackfillCommand(Supplier<OperatorSettings> settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        if (percentage < 1 || percentage > 100) {
            throw new CommandFailedException(
                    "--percentage: \"%d\" is not allowed; allowed: 1 to 100".formatted(percentage));
        }
        OperatorSettings operator = settings.get();
        OperatorDatabase database = new OperatorDatabase(operator, "backfill-v2", ROLE);
        database.limit(LOCK_TIMEOUT, STATEMENT_TIMEOUT);
        database.check();
        RefreshSettings refresh = SettingsCheck.config(RefreshSettings.class).getConfigMapping(RefreshSettings.class);
        BackfillReport report = new BackfillReport(spec.commandLine(), percentage, dryRun);
        try (KeptConnection connection = new KeptConnection(database.source())) {
            // Once: a pause that begins while this runs is for those who refresh by themselves.
            Switches switches = new Switches(refresh, connection);
            switches.read();
            LedgerAccess ledger = new LedgerAccess(connection, operator.clock(), switches::refreshesByItself, OPERATOR);
            checkRollout(ledger);
            new Backfill(ledger, new Cause(ACTOR, null), percentage, dryRun, report).run();
        } catch (SQLException e) {
            throw new CommandFailedException("stopped behind subscriber %d, %s so far: %s (%s). %s"
                    .formatted(
                            report.lastSubscriberId(),
                            report.soFar(),
                            database.reason(e),
                            database,
                            dryRun ? "Nothing was written." : "What is opened stays; the same command again goes on."));
        }
        report.sum();
        return report.isComplete() ? ExitCode.OK : SOME_NOT_OPENED;
    }

    private static void checkRollout(LedgerAccess ledger) throws SQLException {
        if (new Rollouts(ledger).read().openedAt() == null) {
            throw new CommandFailedException(
                    "the rollout of Credits v2 has not begun, and nobody has accounts of it before:"
                            + " let internal users in by override first, then backfill, then raise the percentage");
        }
    }
}
