package io.creditrefresh.planner.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.store.LedgerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class EventsCommandTest {

    private final LedgerDatabase database = LedgerDatabase.create();

    @Test
    void switchesEventsOnAndOffAndSaysHowTheyAre() {
        assertThat(run("events").out().strip()).isEqualTo("Events are off.");
        assertThat(run("events", "on").out().strip()).isEqualTo("Events are on; a balance is low at 20 %.");
        assertThat(run("events", "on", "--low-percent", "5").out().strip())
                .isEqualTo("Events are on; a balance is low at 5 %.");
        assertThat(run("events").out().strip()).isEqualTo("Events are on; a balance is low at 5 %.");
        assertThat(run("events", "OFF").out().strip()).isEqualTo("Events are off.");
    }

    @Test
    void givesUpWhenTheLedgerIsInUseForLong() throws SQLException {
        try (Connection busy = database.superuser();
                var insert = busy.createStatement()) {
            busy.setAutoCommit(false);
            insert.execute("UPDATE credit_account SET version = version WHERE false");

            Ran ran = run("events", "on");

            assertThat(ran.exitCode()).isEqualTo(2);
            assertThat(ran.err().strip()).endsWith("the ledger is in use by something that takes long; try again");
        }
        assertThat(run("events").out().strip()).isEqualTo("Events are off.");
    }

    @Test
    void saysWhoMaySwitch() {
        Ran ran = Ran.command(ImportScene.settings(database.url(), "credit_operator"), "events", "on");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("(connected as credit_operator; this command is meant for credit_owner)");
    }

    private Ran run(String... arguments) {
        return Ran.command(ImportScene.settings(database.url(), null), arguments);
    }
}
