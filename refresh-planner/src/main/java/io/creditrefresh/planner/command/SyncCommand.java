package io.creditrefresh.planner.command;

import io.creditrefresh.ledger.command.LedgerAccess;
import io.creditrefresh.ledger.command.Switches;
import io.creditrefresh.ledger.command.Syncs;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.provider.PatientProvider;
import io.creditrefresh.ledger.provider.ProviderUnavailableException;
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

/** Takes in what the billing provider says, and grants what plans owe and have not given. */
@Command(
        name = "sync",
        description = {
            "Asks the billing provider, where CREDITS_BILLING_STRIPE_API_KEY is set, for all subscriptions, and takes in"
                    + " those that are not as it has told: an event may have been lost.",
            "Then grants everybody what their plan owes them and has not given: the difference between its amount, as in"
                    + " force when the period started, and what was granted since. Lowers no balance.",
            "Running it again grants nothing more, so one that was interrupted is simply started again.",
            "Connects as credit_operator unless QUARKUS_DATASOURCE_USERNAME names another role."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:nothing is owed any more",
            "1:some users or subscriptions could not be synced, each named on the standard error",
            "2:the command, the database or the provider is not as it must be"
        })
final class SyncCommand implements Callable<Integer> {

    private static final String ROLE = "credit_operator";

    /** As the ledger names who runs commands. */
    private static final String OPERATOR = "operator";

    private static final int SOME_NOT_SYNCED = 1;
    private static final int RATE_MAX = 100;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(5);

    private final Supplier<OperatorSettings> settings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--dry-run", description = "Print what would be granted and write nothing.")
    private boolean dryRun;

    @Option(
            names = "--provider-rate",
            paramLabel = "N",
            defaultValue = "20",
            description = "Ask the provider so many times a second at the most, 1 to 100. Default: ${DEFAULT-VALUE}.")
    private int providerRate;

    SyncCommand(Supplier<OperatorSettings> settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        if (providerRate < 1 || providerRate > RATE_MAX) {
            throw new CommandFailedException(
                    "--provider-rate: \"%d\" is not allowed; allowed: 1 to %d".formatted(providerRate, RATE_MAX));
        }
        OperatorSettings operator = settings.get();
        OperatorDatabase database = new OperatorDatabase(operator, "sync", ROLE);
        database.limit(LOCK_TIMEOUT, STATEMENT_TIMEOUT);
        database.check();
        RefreshSettings refresh = SettingsCheck.config(RefreshSettings.class).getConfigMapping(RefreshSettings.class);
        SyncReport report = new SyncReport(spec.commandLine(), dryRun);
        try (KeptConnection connection = new KeptConnection(database.source())) {
            // Once: a pause that begins while this runs is for those who refresh by themselves.
            Switches switches = new Switches(refresh, connection);
            switches.read();
            LedgerAccess ledger = new LedgerAccess(connection, operator.clock(), switches::refreshesByItself, OPERATOR);
            Syncs syncs = new Syncs(ledger, new Cause(OPERATOR, null), dryRun, report);
            if (operator.provider().isPresent()) {
                syncs.withProvider(new PatientProvider(operator.provider().get(), providerRate, FIRST_WAIT));
            }
            syncs.owed();
        } catch (SQLException e) {
            throw new CommandFailedException("stopped after %,d accounts: %s (%s). The same command again goes on."
                    .formatted(report.accounts(), database.reason(e), database));
        } catch (ProviderUnavailableException e) {
            throw new CommandFailedException("stopped after %,d accounts: %s. The same command again goes on."
                    .formatted(report.accounts(), e.getMessage()));
        }
        report.sum();
        return report.isComplete() ? ExitCode.OK : SOME_NOT_SYNCED;
    }
}
