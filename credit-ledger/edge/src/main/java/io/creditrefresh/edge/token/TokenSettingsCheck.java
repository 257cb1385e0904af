package io.creditrefresh.edge.token;

import io.creditrefresh.ledger.settings.SettingsCheck;
import io.smallrye.config.SmallRyeConfig;
import java.util.Arrays;
import java.util.List;

/** The settings check of a service that takes tokens. */
public final class TokenSettingsCheck {

    private TokenSettingsCheck() {}

    /** One line per bad value of these settings and of {@link TokenSettings}; empty when the service may start. */
    public static List<String> problems(Class<?>... mappings) {
        Class<?>[] all = Arrays.copyOf(mappings, mappings.length + 1);
        all[mappings.length] = TokenSettings.class;
        List<String> problems = SettingsCheck.problems(all);
        if (!problems.isEmpty()) {
            return problems.stream().map(TokenKeys::withoutSecrets).toList();
        }
        SmallRyeConfig config = SettingsCheck.config(TokenSettings.class);
        return TokenKeys.problem(config.getConfigMapping(TokenSettings.class), config.getProfiles()).stream()
                .toList();
    }
}
