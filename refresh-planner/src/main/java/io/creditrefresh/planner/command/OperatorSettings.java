package io.creditrefresh.planner.command;

import io.creditrefresh.billing.settings.StripeSettings;
import io.creditrefresh.ledger.provider.BillingProvider;
import io.creditrefresh.ledger.settings.ClockSettings;
import io.creditrefresh.ledger.settings.SettingsCheck;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the commands read of the service's settings.
 *
 * @param username null: the role that is made for the command
 * @param provider the billing provider that can be asked; empty if none is configured
 */
record OperatorSettings(
        String url,
        @Nullable String username,
        @Nullable String password,
        InstantSource clock,
        Optional<BillingProvider> provider) {

    private static final String DEFAULT_URL = "jdbc:postgresql://localhost:5432/credits";

    /** Where the settings of the application itself stand; whoever runs it stands above. */
    private static final int ORDINAL_OF_APPLICATION = 250;

    /**
     * Reads them from the environment and the system properties.
     *
     * @throws CommandFailedException if a value is bad
     */
    static OperatorSettings read() {
        List<String> problems = SettingsCheck.problems(StripeSettings.class);
        if (!problems.isEmpty()) {
            throw new CommandFailedException(String.join("; ", problems));
        }
        return of(SettingsCheck.config(StripeSettings.class));
    }

    static OperatorSettings of(SmallRyeConfig config) {
        return new OperatorSettings(
                config.getOptionalValue("quarkus.datasource.jdbc.url", String.class)
                        .orElse(DEFAULT_URL),
                given(config, "quarkus.datasource.username"),
                given(config, "quarkus.datasource.password"),
                config.getConfigMapping(ClockSettings.class).clock(),
                config.getConfigMapping(StripeSettings.class).api().map(api -> api));
    }

    /** Not what application.properties says for the service, which connects as a role that may do less. */
    private static @Nullable String given(SmallRyeConfig config, String name) {
        ConfigValue value = config.getConfigValue(name);
        return value.getConfigSourceOrdinal() > ORDINAL_OF_APPLICATION ? value.getValue() : null;
    }

    /** Without the password: this is printed. */
    @Override
    public String toString() {
        return url + " as " + username;
    }
}
