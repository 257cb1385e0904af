package io.creditrefresh.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.store.AccountFixture;
import io.creditrefresh.ledger.store.LedgerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerAuditTest {

    private static final String NEXT_ENTRY =
            "INSERT INTO ledger_entry (account_id, seq, type, amount, balance_before, balance_after, granted, lapsed,"
                    + " carried, period_start, run_date, actor, created_at) VALUES ";

    private final LedgerDatabase database = LedgerDatabase.create();

    @BeforeEach
    void fill() throws SQLException {
        try (Connection connection = database.superuser()) {
            for (int i = 1; i <= 50; i++) {
                AccountFixture.user("account-" + i).holding(400, 7).insert(connection);
            }
            AccountFixture.user("held").onHold().insert(connection);
            AccountFixture.user("late-payer").billingState("past_due").insert(connection);
        }
    }

    @Test
    void findsNothingInASoundLedger() throws SQLException {
        assertThat(findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "balance_is_the_sum_of_entries | UPDATE credit_account SET bonus = bonus + 1 WHERE id = 7",
                "version_is_the_last_entry | UPDATE credit_account SET version = 2 WHERE id = 7",
                "period_is_the_last_refreshed_one | UPDATE credit_account SET period_start = '2020-01-01Z' WHERE id = 7",
                "schedule_follows_the_slot | UPDATE credit_account SET phase = (phase + 1) % 43200 WHERE id = 7",
                "schedule_follows_the_slot | UPDATE credit_account SET refresh_at = refresh_at + interval '1 s' WHERE id = 7",
                "off_the_schedule_exactly_while_on_hold_or_past_due | UPDATE subscriber SET refresh_hold = true WHERE id = 7",
                "account_agrees_with_its_subscriber | UPDATE credit_account SET plan = 'pro' WHERE id = 7",
                "account_agrees_with_its_subscriber | UPDATE credit_account SET refresh_day = 3 WHERE id = 7",
            })
    void namesAPlantedDefectOfAnAccount(String invariant, String defect) throws SQLException {
        database.execute(
                NEXT_ENTRY + "(7, 2, 'REFRESH', 0, 407, 407, 0, 0, 0, '2026-11-19T10:00Z', '2026-11-19', 'x', now())");
        database.execute(
                "UPDATE credit_account SET version = 2, period_start = timestamptz '2026-11-19T10:00Z', period_end = timestamptz '2026-11-19T10:00Z' + interval '1 min' WHERE id = 7");
        database.execute(defect.replace("version = 2", "version = 9"));

        assertThat(findings()).containsExactly(invariant + "@7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "entries_have_no_gap | (8, 3, 'ADJUST', 0, 407, 407, NULL, NULL, NULL, now(), NULL, 'x', now())",
                "entries_are_chained | (8, 2, 'ADJUST', 0, 400, 400, NULL, NULL, NULL, now(), NULL, 'x', now())",
            })
    void namesAPlantedDefectOfTheEntries(String invariant, String row) throws SQLException {
        database.execute(NEXT_ENTRY + row);
        database.execute(
                "UPDATE credit_account SET version = (SELECT max(seq) FROM ledger_entry WHERE account_id = 8) WHERE id = 8");

        assertThat(findings()).containsExactly(invariant + "@8");
    }

    @Test
    void namesEntriesOfNoAccount() throws SQLException {
        database.execute(NEXT_ENTRY + "(999, 1, 'IMPORT', 5, 0, 5, NULL, NULL, NULL, now(), NULL, 'x', now())");

        assertThat(findings()).containsExactly("entry_belongs_to_an_account@999");
    }

    @Test
    void namesASecondRefreshOfAPeriodEvenWithoutTheIndexThatRefusesIt() throws SQLException {
        database.execute("DROP INDEX one_refresh_per_account_and_period");
        database.execute(NEXT_ENTRY
                + "(9, 2, 'REFRESH', 0, 407, 407, 0, 0, 0, '2026-10-20T10:00Z', '2026-11-19', 'x', now()),"
                + "(9, 3, 'REFRESH', 0, 407, 407, 0, 0, 0, '2026-10-20T10:00Z', '2026-11-19', 'x', now())");
        database.execute("UPDATE credit_account SET version = 3 WHERE id = 9");

        assertThat(findings()).containsExactly("one_refresh_per_period@9");
    }

    private List<String> findings() throws SQLException {
        try (Connection connection = database.as("credit_operator").getConnection()) {
            return LedgerAudit.findings(connection).stream()
                    .map(finding -> finding.invariant() + "@" + finding.accountId())
                    .toList();
        }
    }
}
