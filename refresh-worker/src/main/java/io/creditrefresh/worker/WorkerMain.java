package io.creditrefresh.worker;

import io.creditrefresh.edge.token.TokenSettingsCheck;
import io.creditrefresh.ledger.settings.ConnectionSettings;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.List;

/** Starts the worker, or says in one line per bad setting why it doesn't. */
@QuarkusMain
public final class WorkerMain {

    private static final int BAD_SETTINGS = 2;

    private WorkerMain() {}

    public static void main(String... args) {
        List<String> problems = TokenSettingsCheck.problems(
                RefreshSettings.class, WorkerSettings.class, ConnectionSettings.WithKafka.class);
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            System.exit(BAD_SETTINGS);
        }
        Quarkus.run(args);
    }
}
