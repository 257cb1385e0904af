package io.creditrefresh.planner.command;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.ledger.store.LedgerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SyncCommandTest {

    private static final Instant TOMORROW = Instant.parse("2026-11-21T10:00:00Z");

    private final LedgerDatabase database = LedgerDatabase.create();

    @BeforeEach
    void fill() throws SQLException {
        try (Connection connection = database.superuser()) {
            user("full").plan("starter").holding(5_000, 200).periodEnd(TOMORROW).insert(connection);
            user("rich").plan("free").holding(1_000, 200).periodEnd(TOMORROW).insert(connection);
            user("owed").plan("starter").holding(100, 40).periodEnd(TOMORROW).insert(connection);
            user("deal")
                    .plan("starter")
                    .holding(7, 0)
                    .customAllowance(7)
                    .periodEnd(TOMORROW)
                    .insert(connection);
            user("gone")
                    .plan("starter")
                    .holding(7, 0)
                    .billingState("cancelled")
                    .periodEnd(TOMORROW)
                    .insert(connection);
            for (int i = 0; i < 1_001; i++) {
                user("many-" + i).plan("pro").holding(i, 1).periodEnd(TOMORROW).insert(connection);
            }
        }
    }

    @Test
    void tellsWhatItWouldGrantAndWritesNothing() {
        String before = everything();

        Ran ran = run("sync", "--dry-run");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("Would sync credits for owed: 140 → 5040 (credits)");
        assertThat(ran.out().strip()).endsWith("Would grant 19,524,400 credits to 1,002 accounts; nothing was written");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void grantsWhatIsOwedOnceAndLowersNothing() throws SQLException {
        Ran first = run("sync");
        String after = everything();
        Ran second = run("sync");

        assertThat(first.exitCode()).isZero();
        assertThat(first.out())
                .contains("Synced credits for owed: 140 → 5040 (credits)")
                .doesNotContain("rich");
        assertThat(first.out().strip()).endsWith("Granted 19,524,400 credits to 1,002 accounts");
        assertThat(second.out().strip()).isEqualTo("Granted 0 credits to 0 accounts");
        assertThat(everything()).isEqualTo(after);
        assertThat(database.query("SELECT string_agg(user_id || ' ' || remaining, ', ' ORDER BY user_id)"
                        + " FROM usage_counters WHERE user_id NOT LIKE 'many-%'"))
                .isEqualTo("deal 7, full 5200, gone 7, owed 5040, rich 1200");
        try (Connection connection = database.superuser()) {
            assertThat(LedgerAudit.findings(connection)).isEmpty();
        }
    }

    @Test
    void saysInOneLineWhatIsMissing() {
        database.execute("ALTER TABLE credit_account RENAME TO moved");

        Ran ran = run("sync");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err().lines()).singleElement().satisfies(line -> assertThat(line)
                .contains("stopped after 0 accounts")
                .contains("run the command migrate first"));
    }

    private Ran run(String... arguments) {
        return Ran.command(ImportScene.settings(database.url(), null), arguments);
    }

    private String everything() {
        return database.query("SELECT md5((SELECT string_agg(a.xmin || a::text, '|' ORDER BY id) FROM credit_account a)"
                + " || (SELECT string_agg(e::text, '|' ORDER BY account_id, seq) FROM ledger_entry e))");
    }
}
