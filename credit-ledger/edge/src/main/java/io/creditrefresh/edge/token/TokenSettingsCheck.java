package io.creditrefresh.edge.token;

import io.creditrefresh.ledger.settings.SettingsCheck;
import io.smallrye.config.SmallRyeConfig;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The settings check of a service that takes tokens. */
public final class TokenSettingsCheck {

    private TokenSettingsCheck() {}

    /** One line per bad value of these settings, of {@link TokenSettings} and of {@link ClusterSettings}; empty when the service may start. */
    public static List<String> problems(Class<?>... mappings) {
        Class<?>[] all = Stream.concat(Stream.of(mappings), Stream.of(TokenSettings.class, ClusterSettings.class))
                .toArray(Class<?>[]::new);
        List<String> problems = SettingsCheck.problems(all);
        if (!problems.isEmpty()) {
            return problems.stream().map(TokenKeys::withoutSecrets).toList();
        }
        SmallRyeConfig config = SettingsCheck.config(TokenSettings.class, ClusterSettings.class);
        TokenSettings tokens = config.getConfigMapping(TokenSettings.class);
        return Stream.concat(
                        TokenKeys.problem(tokens, config.getProfiles()).stream(),
                        problem(config.getConfigMapping(ClusterSettings.class), tokens, config.getProfiles()).stream())
                .toList();
    }

    private static Optional<String> problem(ClusterSettings cluster, TokenSettings others, List<String> profiles) {
        boolean complete = cluster.issuer().isPresent()
                && cluster.keys().isPresent()
                && cluster.services().isPresent();
        boolean absent = cluster.issuer().isEmpty()
                && cluster.keys().isEmpty()
                && cluster.services().isEmpty();
        if (!complete && !absent) {
            return Optional.of("credits.token.cluster.*: one is missing; allowed: issuer, keys and services, or none of"
                    + " them");
        }
        if (cluster.issuer().equals(Optional.of(others.issuer()))) {
            return Optional.of("credits.token.cluster.issuer: \"" + others.issuer()
                    + "\" is not allowed; allowed: another" + " one than credits.token.issuer");
        }
        return cluster.keys().flatMap(keys -> TokenKeys.clusterProblem(keys, profiles));
    }
}
