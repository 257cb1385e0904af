package io.creditrefresh.ledger.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.settings.SettingsCheck;
import io.creditrefresh.ledger.store.LedgerDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class SwitchesTest {

    private final RefreshSettings settings =
            SettingsCheck.config(RefreshSettings.class).getConfigMapping(RefreshSettings.class);
    private final LedgerDatabase database = LedgerDatabase.create();

    @Test
    void knowsOfAPauseFromItsFirstQuestionOn() {
        database.execute("INSERT INTO control (subject, actor, since) VALUES ('refreshing', 'admin:alice', now())");

        Switches switches = new Switches(settings, database.as("credit_api"));

        assertThat(switches.refreshesByItself()).isFalse();
    }

    @Test
    void takesADatabaseThatIsAwayForNoPermission() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://localhost:1/nowhere");
        Switches switches = new Switches(settings, nowhere);

        assertThatThrownBy(switches::refreshesByItself).hasCauseInstanceOf(SQLException.class);
    }

    @Test
    void keepsWhatItHasReadUntilItReadsAgain() throws SQLException {
        Switches switches = new Switches(settings, database.as("credit_worker"));
        switches.read();
        database.execute("INSERT INTO control (subject, actor, since) VALUES ('refreshing', 'admin:alice', now())");

        assertThat(switches.refreshesByItself()).isTrue();
        switches.read();
        assertThat(switches.refreshesByItself()).isFalse();
    }
}
