package io.creditrefresh.planner.command;

import io.creditrefresh.ledger.audit.FindingType;
import io.creditrefresh.ledger.audit.Verification;
import io.creditrefresh.ledger.audit.Verification.Finding;
import io.creditrefresh.ledger.command.ProviderCheck;
import io.creditrefresh.ledger.control.Subject;
import io.creditrefresh.ledger.provider.BillingProvider;
import io.creditrefresh.ledger.provider.PatientProvider;
import io.creditrefresh.ledger.provider.ProviderUnavailableException;
import io.creditrefresh.ledger.settings.Allowed;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.settings.SettingsCheck;
import io.creditrefresh.ledger.store.ControlStore;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Looks for everything that is wrong with credits. */
@Command(
        name = "verify",
        description = {
            "Reads all accounts and entries in one snapshot, and prints what is wrong with them: broken invariants, what is"
                    + " due for too long without a failure, what plans owe. Writes nothing.",
            "Where CREDITS_BILLING_STRIPE_API_KEY is set, asks the billing provider for all subscriptions, too, and prints"
                    + " which are not as it has told.",
            "Connects as credit_operator unless QUARKUS_DATASOURCE_USERNAME names another role."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:nothing is wrong", "1:something is", "2:the command or the database is not as it must be"})
final class VerifyCommand implements Callable<Integer> {

    private static final String ROLE = "credit_operator";
    private static final int SOMETHING_IS_WRONG = 1;
    private static final int PROVIDER_RATE = 20;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);

    private final Supplier<OperatorSettings> settings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Print so many findings, of at most 10000. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(
            names = "--overdue-after",
            paramLabel = "TIME",
            defaultValue = "1h",
            converter = Waiting.class,
            description = "How long an account may be due without a failure, 1s to 24h. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Duration overdueAfter;

    VerifyCommand(Supplier<OperatorSettings> settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        OperatorSettings operator = settings.get();
        OperatorDatabase database = new OperatorDatabase(operator, "verify", ROLE);
        database.check();
        RefreshSettings refresh = SettingsCheck.config(RefreshSettings.class).getConfigMapping(RefreshSettings.class);
        try (Connection connection = database.source().getConnection()) {
            boolean refreshes = refresh.refreshesByItself()
                    && !ControlStore.read(connection).isStopped(Subject.REFRESHING);
            Verification.Report report =
                    Verification.run(connection, operator.clock().instant(), overdueAfter, refreshes);
            if (operator.provider().isPresent()) {
                try {
                    BillingProvider patient =
                            new PatientProvider(operator.provider().get(), PROVIDER_RATE, FIRST_WAIT);
                    report = report.with(FindingType.DIFFERS_FROM_PROVIDER, ProviderCheck.run(connection, patient));
                } catch (ProviderUnavailableException e) {
                    print(report);
                    throw new CommandFailedException("not compared with the billing provider: " + e.getMessage());
                }
            }
            return print(report);
        } catch (SQLException e) {
            throw new CommandFailedException("cannot verify " + database + ": " + database.reason(e));
        }
    }

    private int print(Verification.Report report) {
        PrintWriter out = spec.commandLine().getOut();
        report.findings().stream().limit(limit).forEach(finding -> out.println(shown(finding)));
        report.counts().entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .sorted(Map.Entry.comparingByKey())
                .forEach(count -> out.println(String.format(
                        Locale.ROOT, "%,8d %s", count.getValue(), count.getKey().code())));
        out.println(String.format(
                Locale.ROOT,
                "Verified %,d accounts: %s",
                report.accounts(),
                report.total() == 0 ? "nothing found" : String.format(Locale.ROOT, "%,d findings", report.total())));
        return report.total() == 0 ? ExitCode.OK : SOMETHING_IS_WRONG;
    }

    private static String shown(Finding finding) {
        String whose = finding.accountId() == null
                ? ""
                : "account %d, user %s: "
                        .formatted(finding.accountId(), finding.userId() == null ? "none" : finding.userId());
        return finding.type().code() + ": " + whose + finding.detail();
    }

    /** As the settings of the services are written. */
    static final class Waiting implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String value) {
            try {
                return new Allowed.Wait().convert(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
