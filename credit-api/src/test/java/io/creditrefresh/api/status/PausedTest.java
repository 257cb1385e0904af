package io.creditrefresh.api.status;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.command.Switches;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.store.LedgerDatabase;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.sql.Connection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Needs other settings than the service of the other tests, so the standings are made by hand. */
class PausedTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"credit.refresh.enabled, false", "credit.refresh.dry-run, true"})
    void showsWhatASpendWouldFindWhileNobodyRefreshes(String setting, String value) throws Exception {
        LedgerDatabase database = LedgerDatabase.create();
        try (Connection connection = database.superuser()) {
            user("alice")
                    .plan("pro")
                    .holding(12, 7)
                    .periodEnd(NOON.minusSeconds(60))
                    .insert(connection);
        }
        Standings standings = new Standings(
                database.as("credit_api"),
                InstantSource.fixed(NOON),
                new Switches(settings(setting, value), database.as("credit_api")));

        CreditStatus status = standings.status("alice");
        NextRefreshes next = standings.nextRefreshes("alice");

        assertThat(status.refreshPaused()).isTrue();
        assertThat(status.balances().get(0).balance()).isEqualTo(19);
        assertThat(status.balances().get(0).refreshOverdue()).isFalse();
        assertThat(next.refreshPaused()).isTrue();
        assertThat(next.nextRefreshAt()).isEqualTo(NOON.minusSeconds(60));
        assertThat(next.refreshes().get(0).last()).isNull();
    }

    private static RefreshSettings settings(String name, String value) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(Map.of(name, value), "test", 100))
                .withMapping(RefreshSettings.class)
                .build()
                .getConfigMapping(RefreshSettings.class);
    }
}
