package io.creditrefresh.api.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TierAmountsTest {

    @Test
    void readsThemFromTheEnvironmentAndFromProperties() {
        SmallRyeConfig config = config(Map.of(
                "CREDITS_PRO_TIER", " 25000 ",
                "credits.team-eu.tier", "7",
                "CREDITS_CLOCK_SPEED", "2",
                "credits.pro.tiers", "9"));

        assertThat(TierAmounts.read(config).byPlan()).isEqualTo(Map.of("pro", 25_000L, "team-eu", 7L));
        assertThat(TierAmounts.problems(config)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1000000000000001", "1e3", "many", "1.5", "99999999999999999999"})
    void saysWhatIsAllowed(String value) {
        SmallRyeConfig config = config(Map.of("CREDITS_PRO_TIER", value));

        assertThat(TierAmounts.problems(config))
                .containsExactly("credits.pro.tier: \"" + value + "\" is not allowed; allowed: 0 to 1000000000000000");
        assertThat(TierAmounts.read(config).byPlan()).isEmpty();
    }

    private static SmallRyeConfig config(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "test", 300))
                .build();
    }
}
