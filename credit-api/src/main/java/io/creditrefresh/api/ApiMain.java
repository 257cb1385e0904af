package io.creditrefresh.api;

import io.creditrefresh.api.limit.LimitSettings;
import io.creditrefresh.api.plan.TierAmounts;
import io.creditrefresh.api.rollout.RolloutSettings;
import io.creditrefresh.api.spend.UpgradeSettings;
import io.creditrefresh.api.verification.VerificationSettings;
import io.creditrefresh.billing.settings.PlainSettings;
import io.creditrefresh.billing.settings.StripeSettings;
import io.creditrefresh.edge.token.TokenSettingsCheck;
import io.creditrefresh.ledger.settings.ConnectionSettings;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.settings.SettingsCheck;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.ArrayList;
import java.util.List;

/** Starts the API, or says in one line per bad setting why it doesn't. */
@QuarkusMain
public final class ApiMain {

    private static final int BAD_SETTINGS = 2;

    private ApiMain() {}

    public static void main(String... args) {
        List<String> problems = new ArrayList<>(TokenSettingsCheck.problems(
                RefreshSettings.class,
                ConnectionSettings.class,
                UpgradeSettings.class,
                LimitSettings.class,
                RolloutSettings.class,
                VerificationSettings.class,
                StripeSettings.class,
                PlainSettings.class));
        if (problems.isEmpty()) {
            problems.addAll(TierAmounts.problems(SettingsCheck.config()));
        }
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            System.exit(BAD_SETTINGS);
        }
        Quarkus.run(args);
    }
}
