package io.creditrefresh.ledger.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsCheckTest {

    private final Set<String> set = new HashSet<>();

    @AfterEach
    void unset() {
        set.forEach(System::clearProperty);
    }

    @Test
    void findsNothingWrongWithTheDefaults() {
        assertThat(SettingsCheck.problems(RefreshSettings.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "credit.refresh.batch-size | 0 | 1 to 5000",
                "credit.refresh.batch-size | many | 1 to 5000",
                "credit.refresh.batch-size | 5001 | 1 to 5000",
                "credit.refresh.enabled | ture | true or false",
                "credit.refresh.dry-run | 1 | true or false",
                "credit.refresh.interval-hours | 0 | 1 to 720",
                "credit.refresh.tick | 0s | 1s to 24h, as 30s, 10m, 1h or PT10M",
                "credit.refresh.grace | soon | 1s to 24h, as 30s, 10m, 1h or PT10M",
                "credit.refresh.sweep-lag-limit | -1 | 0 to 1000000000000000",
            })
    void namesKeyValueAndWhatIsAllowedInOneLine(String key, String value, String allowed) {
        set(key, value);

        assertThat(SettingsCheck.problems(RefreshSettings.class))
                .containsExactly(key + ": \"" + value + "\" is not allowed; allowed: " + allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgres://db/credits?user=me&password=s3cret, jdbc:postgres://db/credits?user=me&password=***",
        "postgres://me:s3cret@db/credits, postgres://me:***@db/credits",
    })
    void showsNoPasswordOfAnAddress(String address, String shown) {
        set("quarkus.datasource.jdbc.url", address);
        set("quarkus.http.port", "8080");

        assertThat(SettingsCheck.problems(ConnectionSettings.class))
                .singleElement()
                .asString()
                .contains(shown)
                .doesNotContain("s3cret");
    }

    @Test
    void namesEveryBadValueAtOnce() {
        set("credit.refresh.batch-size", "x");
        set("credit.refresh.tick", "y");

        assertThat(SettingsCheck.problems(RefreshSettings.class)).hasSize(2);
    }

    @Test
    void refusesASimulatedClockInProductionOnly() {
        set("credits.clock.origin", "2026-11-19T00:00:00Z");

        assertThat(SettingsCheck.problems()).singleElement().asString().contains("refused in production");

        set("quarkus.profile", "local");
        assertThat(SettingsCheck.problems()).isEmpty();
    }

    @Test
    void refusesAClockThatMakesNoSense() {
        set("quarkus.profile", "local");
        set("credits.clock.speed", "1440");
        assertThat(SettingsCheck.problems()).singleElement().asString().startsWith("credits.clock.origin: is missing");

        set("credits.clock.origin", "2026-11-19T00:00:00Z");
        set("credits.clock.until", "2026-11-18T00:00:00Z");
        assertThat(SettingsCheck.problems()).singleElement().asString().startsWith("credits.clock.until: ");
    }

    @Test
    void readsWaitsInBothForms() {
        set("credit.refresh.tick", "30s");
        set("credit.refresh.grace", "PT1H");

        RefreshSettings settings = SettingsCheck.config(RefreshSettings.class).getConfigMapping(RefreshSettings.class);

        assertThat(settings.tick()).hasSeconds(30);
        assertThat(settings.grace()).hasHours(1);
    }

    private void set(String key, String value) {
        System.setProperty(key, value);
        set.add(key);
    }
}
