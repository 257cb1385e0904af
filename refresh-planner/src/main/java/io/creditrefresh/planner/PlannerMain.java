package io.creditrefresh.planner;

import io.creditrefresh.edge.token.TokenSettingsCheck;
import io.creditrefresh.ledger.settings.ConnectionSettings;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.planner.command.Commands;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The planner's process: an operator's command when it has arguments, else the service. */
@QuarkusMain
public final class PlannerMain {

    private static final int BAD_SETTINGS = 2;

    PlannerMain() {}

    public static void main(String[] args) {
        if (args.length > 0) {
            System.exit(Commands.run(args));
        }
        List<String> problems = TokenSettingsCheck.problems(RefreshSettings.class, ConnectionSettings.WithKafka.class);
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            System.exit(BAD_SETTINGS);
        }
        Quarkus.run(null, PlannerMain::ended, args);
    }

    private static void ended(int exitCode, @Nullable Throwable failure) {
        if (failure != null) {
            System.err.println(StartFailure.describe(failure));
        }
        System.exit(exitCode);
    }
}
