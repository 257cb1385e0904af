package io.creditrefresh.planner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.billing.settings.StripeSettings;
import io.creditrefresh.ledger.settings.ClockSettings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OperatorSettingsTest {

    private static final int APPLICATION = 250;
    private static final int ENVIRONMENT = 300;

    @Test
    void hasDefaultsForTheDatabaseOfThisMachine() {
        OperatorSettings settings = OperatorSettings.of(config(Map.of(), Map.of()));

        assertThat(settings)
                .isEqualTo(new OperatorSettings(
                        "jdbc:postgresql://localhost:5432/credits", null, null, Clock.systemUTC(), Optional.empty()));
    }

    @Test
    void takesTheRoleFromTheEnvironmentAndNotFromTheServicesOwnSettings() {
        Map<String, String> application = Map.of("quarkus.datasource.username", "credit_planner");

        assertThat(OperatorSettings.of(config(application, Map.of())).username())
                .isNull();
        assertThat(OperatorSettings.of(config(application, Map.of("quarkus.datasource.username", "me")))
                        .username())
                .isEqualTo("me");
    }

    @Test
    void takesUrlPasswordAndClock() {
        OperatorSettings settings = OperatorSettings.of(config(
                Map.of(),
                Map.of(
                        "quarkus.datasource.jdbc.url", "jdbc:postgresql://db/credits",
                        "quarkus.datasource.password", "secret",
                        "credits.clock.origin", "2026-11-20T00:00:00Z")));

        assertThat(settings.url()).isEqualTo("jdbc:postgresql://db/credits");
        assertThat(settings.password()).isEqualTo("secret");
        assertThat(settings.clock().instant()).isEqualTo(Instant.parse("2026-11-20T00:00:00Z"));
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @Test
    void asksTheProviderWhoseKeyItHas() {
        OperatorSettings settings =
                OperatorSettings.of(config(Map.of(), Map.of("credits.billing.stripe.api-key", "sk_secret")));

        assertThat(settings.provider())
                .hasValueSatisfying(provider -> assertThat(provider.name()).isEqualTo("stripe"));
        assertThat(settings.toString()).doesNotContain("sk_secret");
    }

    private static SmallRyeConfig config(Map<String, String> application, Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(application, "application", APPLICATION))
                .withSources(new PropertiesConfigSource(environment, "environment", ENVIRONMENT))
                .withMapping(ClockSettings.class)
                .withMapping(StripeSettings.class)
                .build();
    }
}
