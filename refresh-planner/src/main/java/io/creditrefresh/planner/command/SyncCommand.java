package io.creditrefresh.planner.command;

import io.creditrefresh.ledger.command.LedgerAccess;
import io.creditrefresh.ledger.command.Syncs;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.movement.Entry;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.settings.SettingsCheck;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Grants what plans owe and have not given. */
@Command(
        name = "sync",
        description = {
            "Grants everybody what their plan owes them and has not given: the difference between its amount, as in"
                    + " force when the period started, and what was granted since. Lowers nothing, and leaves the clock.",
            "Running it again grants nothing more, so one that was interrupted is simply started again.",
            "Connects as credit_operator unless QUARKUS_DATASOURCE_USERNAME names another role."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing is owed any more", "2:the command or the database is not as it must be"})
final class SyncCommand implements Callable<Integer> {

    private static final String ROLE = "credit_operator";

    /** As the ledger names who runs commands. */
    private static final String OPERATOR = "operator";

    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(5);

    private final Supplier<OperatorSettings> settings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--dry-run", description = "Print what would be granted and write nothing.")
    private boolean dryRun;

    SyncCommand(Supplier<OperatorSettings> settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        OperatorSettings operator = settings.get();
        OperatorDatabase database = new OperatorDatabase(operator, "sync", ROLE);
        database.limit(LOCK_TIMEOUT, STATEMENT_TIMEOUT);
        database.check();
        RefreshSettings refresh = SettingsCheck.config(RefreshSettings.class).getConfigMapping(RefreshSettings.class);
        LongAdder accounts = new LongAdder();
        LongAdder credits = new LongAdder();
        try (KeptConnection connection = new KeptConnection(database.source())) {
            LedgerAccess ledger = new LedgerAccess(connection, operator.clock(), refresh::refreshesByItself, OPERATOR);
            new Syncs(ledger).run(new Cause(OPERATOR, null), dryRun, (userId, entry) -> {
                accounts.increment();
                credits.add(entry.amount());
                print(userId, entry);
            });
        } catch (SQLException e) {
            throw new CommandFailedException("stopped after %,d accounts: %s (%s). The same command again goes on."
                    .formatted(accounts.sum(), database.reason(e), database));
        }
        spec.commandLine()
                .getOut()
                .println(String.format(
                        Locale.ROOT,
                        "%s %,d credits to %,d accounts%s",
                        dryRun ? "Would grant" : "Granted",
                        credits.sum(),
                        accounts.sum(),
                        dryRun ? "; nothing was written" : ""));
        return ExitCode.OK;
    }

    private void print(String userId, Entry entry) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%s credits for %s: %d → %d (%s)%n",
                dryRun ? "Would sync" : "Synced",
                userId,
                entry.balanceBefore(),
                entry.balanceAfter(),
                entry.kind().code());
    }
}
