package io.creditrefresh.ledger.audit;

import static io.creditrefresh.ledger.store.AccountFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.override.SafeSync;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.store.CatalogueStore;
import io.creditrefresh.ledger.store.LedgerDatabase;
import io.creditrefresh.ledger.store.OwedStore;
import io.creditrefresh.ledger.store.RefreshStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerificationTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant TOMORROW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration LIMIT = Duration.ofHours(1);

    private final LedgerDatabase database = LedgerDatabase.create();

    @Test
    void findsNothingInASoundLedger() throws SQLException {
        fill();

        Verification.Report report = verify(true);

        assertThat(report.total()).isZero();
        assertThat(report.findings()).isEmpty();
        assertThat(report.accounts()).isEqualTo(22);
        assertThat(report.counts()).containsOnlyKeys(FindingType.values());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BALANCE_IS_THE_SUM_OF_ENTRIES | UPDATE credit_account SET allowance = allowance - 1 WHERE id = 7",
                "BALANCE_IS_THE_SUM_OF_ENTRIES | UPDATE credit_account SET allowance = 900 WHERE id = 7",
                "BONUS_IS_THE_SUM_OF_ITS_CHANGES | UPDATE credit_account SET bonus = bonus - 1, allowance = allowance + 1 WHERE id = 8",
                "VERSION_IS_THE_LAST_ENTRY | UPDATE credit_account SET version = 2 WHERE id = 7",
                "ENTRIES_HAVE_NO_GAP | INSERT INTO ledger_entry (account_id, seq, type, amount, balance_before, balance_after,"
                        + " period_start, actor, created_at) VALUES (7, 3, 'SETTINGS', 0, 1200, 1200, '2026-10-22Z', 'x',"
                        + " now()); UPDATE credit_account SET version = 3 WHERE id = 7",
                "ENTRIES_ARE_CHAINED | INSERT INTO ledger_entry (account_id, seq, type, amount, balance_before, balance_after,"
                        + " period_start, actor, created_at) VALUES (7, 2, 'SETTINGS', 0, 9, 9, '2026-10-22Z', 'x', now());"
                        + " UPDATE credit_account SET version = 2 WHERE id = 7",
                "ENTRY_BELONGS_TO_AN_ACCOUNT | INSERT INTO ledger_entry (account_id, seq, type, amount, balance_before,"
                        + " balance_after, period_start, actor, created_at) VALUES (9999, 1, 'IMPORT', 0, 0, 0,"
                        + " '2026-10-22Z', 'x', now())",
                "PERIOD_IS_THE_LAST_REFRESHED_ONE | INSERT INTO ledger_entry (account_id, seq, type, amount, balance_before,"
                        + " balance_after, granted, lapsed, carried, period_start, run_date, actor, created_at) VALUES"
                        + " (7, 2, 'REFRESH', 0, 1200, 1200, 0, 0, 0, '2026-11-01Z', '2026-11-01', 'x', now());"
                        + " UPDATE credit_account SET version = 2 WHERE id = 7",
                "SCHEDULE_FOLLOWS_THE_SLOT | UPDATE credit_account SET phase = (phase + 1) % 43200 WHERE id = 7",
                "SCHEDULE_FOLLOWS_THE_SLOT | UPDATE credit_account SET refresh_at = refresh_at + interval '1 s' WHERE id = 7",
                "OFF_THE_SCHEDULE_EXACTLY_WHILE_ON_HOLD_OR_PAST_DUE | UPDATE credit_account SET refresh_at = NULL,"
                        + " phase = NULL WHERE id = 7",
                "ACCOUNT_AGREES_WITH_ITS_SUBSCRIBER | UPDATE subscriber SET refresh_day = 3 WHERE id = 7",
                "OWED | UPDATE credit_account SET granted_this_period = 999 WHERE id = 7",
            })
    void namesAPlantedMismatchAndChangesNothing(FindingType type, String mismatch) throws SQLException {
        fill();
        database.execute(mismatch);
        String before = everything();

        Verification.Report report = verify(true);

        assertThat(report.findings()).extracting(Verification.Finding::type).containsExactly(type);
        assertThat(report.counts().get(type)).isEqualTo(1);
        assertThat(report.findings().get(0).accountId()).isIn(7L, 8L, 9_999L);
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void namesTwoRefreshesOfOnePeriod() throws SQLException {
        fill();
        database.execute("DROP INDEX one_refresh_per_account_and_period");
        for (int seq = 2; seq <= 3; seq++) {
            database.execute("INSERT INTO ledger_entry (account_id, seq, type, amount, balance_before, balance_after,"
                    + " granted, lapsed, carried, period_start, run_date, actor, created_at) VALUES (7, " + seq
                    + ", 'REFRESH', 0, 1200, 1200, 0, 0, 0, '2026-10-22T10:00Z', '2026-10-22', 'x', now())");
        }
        database.execute("UPDATE credit_account SET version = 3 WHERE id = 7");

        assertThat(verify(true).findings())
                .extracting(Verification.Finding::type)
                .containsExactly(FindingType.ONE_REFRESH_PER_PERIOD);
    }

    @Test
    void findsWhatIsDueForTooLongWithoutAFailureUnlessNobodyRefreshes() throws SQLException {
        try (Connection connection = database.superuser()) {
            user("late")
                    .refreshAt(NOW.minusSeconds(3_660))
                    .periodEnd(NOW.minusSeconds(3_700))
                    .insert(connection);
            user("soon")
                    .refreshAt(NOW.minusSeconds(3_540))
                    .periodEnd(NOW.minusSeconds(3_700))
                    .insert(connection);
            long failed = user("failed")
                    .refreshAt(NOW.minusSeconds(7_200))
                    .periodEnd(NOW.minusSeconds(7_260))
                    .insert(connection);
            database.execute("INSERT INTO refresh_failure (account_id, due_at, next_attempt_at, first_failed_at,"
                    + " last_failed_at, attempts, state, category, last_error) SELECT id, period_end, now(), now(), now(),"
                    + " 1, 'retrying', 'data', 'x' FROM credit_account WHERE id = " + failed);
        }

        assertThat(overdue(true)).isEqualTo("late");
        assertThat(overdue(false)).isEmpty();
    }

    @Test
    void findsNobodyOwedByAPlanThatWasEditedAfterTheirPeriodBegan() throws SQLException {
        fill();
        database.execute("INSERT INTO plan_allowance (plan_code, kind, valid_from, amount) VALUES ('free', 'credits',"
                + " '2026-11-01Z', 1100)");

        assertThat(verify(true).total()).isZero();
    }

    @Test
    void agreesWithTheRuleOfTheSafeSync() throws SQLException {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        database.execute(
                "INSERT INTO plan_allowance (plan_code, kind, valid_from, amount) VALUES ('pro', 'credits',"
                        + " '2026-11-01Z', 500), ('pro', 'credits', '2026-11-10Z', 30000), ('free', 'credits', '2026-11-05Z', 1500)");
        try (Connection connection = database.superuser()) {
            for (int i = 0; i < 300; i++) {
                long id = user("user-" + i)
                        .plan(random.nextBoolean() ? "pro" : "free")
                        .billingState(random.nextInt(5) == 0 ? "cancelled" : "active")
                        .holding(random.nextInt(40_000), 0)
                        .periodEnd(NOW.plusSeconds(random.nextInt(30 * 86_400)))
                        .insert(connection);
                if (random.nextInt(4) == 0) {
                    database.execute("UPDATE credit_account SET custom_allowance = 5 WHERE id = " + id);
                }
                if (random.nextInt(3) == 0) {
                    database.execute("UPDATE credit_account SET paid_until = period_start + interval '1 day' * "
                            + (random.nextInt(3) - 1) + " WHERE id = " + id);
                }
            }
            Catalogue catalogue = CatalogueStore.read(connection);
            Map<Long, Account> accounts = RefreshStore.accounts(
                    connection, LongStream.rangeClosed(1, 300).toArray());

            Map<Long, Long> bySql = OwedStore.page(connection, 0, 1_000).stream()
                    .collect(Collectors.toMap(OwedStore.Owed::accountId, owed -> owed.amount() - owed.granted()));

            Map<Long, Long> byRule = accounts.values().stream()
                    .filter(account -> SafeSync.owed(account, catalogue) > 0)
                    .collect(Collectors.toMap(Account::id, account -> SafeSync.owed(account, catalogue)));
            assertThat(bySql).as("-Dseed=%d", seed).isEqualTo(byRule);
            assertThat(verify(true).counts().get(FindingType.OWED)).isEqualTo(byRule.size());
            assertThat(byRule.size()).isBetween(20, 280);
        }
    }

    private void fill() throws SQLException {
        try (Connection connection = database.superuser()) {
            for (int i = 1; i <= 20; i++) {
                user("account-" + i).holding(1_000, 200).periodEnd(TOMORROW).insert(connection);
            }
            user("held").holding(1_000, 0).onHold().periodEnd(TOMORROW).insert(connection);
            user("late-payer")
                    .holding(1_000, 0)
                    .billingState("past_due")
                    .periodEnd(TOMORROW)
                    .insert(connection);
        }
        // As an import of today writes it; one of an older version says nothing of the bonus.
        database.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_is_append_only;"
                + " UPDATE ledger_entry SET bonus_change = 200 WHERE account_id = 8;"
                + " ALTER TABLE ledger_entry ENABLE TRIGGER ledger_entry_is_append_only");
    }

    private Verification.Report verify(boolean refreshes) throws SQLException {
        try (Connection connection = database.as("credit_api").getConnection()) {
            return Verification.run(connection, NOW, LIMIT, refreshes);
        }
    }

    private String overdue(boolean refreshes) throws SQLException {
        return verify(refreshes).findings().stream()
                .filter(finding -> finding.type() == FindingType.OVERDUE)
                .map(Verification.Finding::userId)
                .collect(Collectors.joining());
    }

    private String everything() {
        return database.query("SELECT md5((SELECT string_agg(a.xmin || a::text, '|' ORDER BY id) FROM credit_account a)"
                + " || (SELECT string_agg(e::text, '|' ORDER BY account_id, seq) FROM ledger_entry e))");
    }
}
