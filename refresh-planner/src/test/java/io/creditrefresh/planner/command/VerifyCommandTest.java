package io.creditrefresh.planner.command;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.store.LedgerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerifyCommandTest {

    private final LedgerDatabase database = LedgerDatabase.create();

    @BeforeEach
    void fill() throws SQLException {
        try (Connection connection = database.superuser()) {
            for (int i = 1; i <= 3; i++) {
                user("account-" + i)
                        .holding(1_000, 200)
                        .periodEnd(Instant.parse("2026-11-21T10:00:00Z"))
                        .insert(connection);
            }
        }
    }

    @Test
    void saysThatNothingIsWrong() {
        Ran ran = run("verify");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out().strip()).isEqualTo("Verified 3 accounts: nothing found");
    }

    @Test
    void printsWhatIsWrongUpToALimitAndTellsByItsExitCode() {
        database.execute("UPDATE credit_account SET granted_this_period = 400");

        Ran ran = run("verify", "--limit", "2");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out().lines())
                .containsExactly(
                        "owed: account 1, user account-1: plan free gives 1000, granted 400",
                        "owed: account 2, user account-2: plan free gives 1000, granted 400",
                        "       3 owed",
                        "Verified 3 accounts: 3 findings");
    }

    @Test
    void namesADayOfTheRolloutAndNoAccountOfIt() {
        database.execute("UPDATE rollout SET opened_at = '2026-11-19Z'");
        database.execute("INSERT INTO ledger_entry (account_id, seq, type, amount, balance_before, balance_after,"
                + " bonus_change, period_start, actor, idempotency_key, metadata, created_at) VALUES (1, 2, 'CONSUME', -4,"
                + " 1200, 1196, 0, '2026-10-22T10:00Z', 'x', 'consume:k', '{\"units\": {\"roast\": 4}}',"
                + " '2026-11-19T23:59Z'); UPDATE credit_account SET allowance = 996, version = 2 WHERE id = 1");

        assertThat(run("verify").out().lines())
                .containsExactly(
                        "v2_variance: 2026-11-19: the views differ in 4 of 4 credits (100.0 %)",
                        "       1 v2_variance", "Verified 3 accounts: 1 findings");
    }

    @Test
    void saysInOneLineWhatIsMissing() {
        database.execute("ALTER TABLE ledger_entry RENAME TO moved");

        Ran ran = run("verify");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err().lines()).singleElement().satisfies(line -> assertThat(line)
                .startsWith("cannot verify "));
    }

    private Ran run(String... arguments) {
        return Ran.command(ImportScene.settings(database.url(), null), arguments);
    }
}
