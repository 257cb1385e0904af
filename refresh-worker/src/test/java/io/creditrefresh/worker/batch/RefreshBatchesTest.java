package io.creditrefresh.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.settings.SettingsCheck;
import io.creditrefresh.ledger.store.AccountFixture;
import io.creditrefresh.ledger.store.BatchStore;
import io.creditrefresh.ledger.store.LedgerDatabase;
import io.creditrefresh.worker.trouble.WeatherException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class RefreshBatchesTest {

    private static final Instant ENDED = Instant.parse("2026-11-19T10:00:00Z");
    private static final String REFUSE = """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'the account is cursed';
            END
            $$;
            CREATE TRIGGER refuse_it BEFORE UPDATE ON credit_account FOR EACH ROW WHEN (%s) EXECUTE FUNCTION refuse();
            """;

    private final LedgerDatabase database = LedgerDatabase.create();
    private Instant now = Instant.parse("2026-11-20T12:00:00Z");
    private RefreshBatches batches;
    private Connection admin;

    @BeforeEach
    void open() throws SQLException {
        admin = database.superuser();
        RefreshSettings settings = SettingsCheck.config(RefreshSettings.class).getConfigMapping(RefreshSettings.class);
        batches = new RefreshBatches(database.as("credit_worker"), () -> now, settings);
    }

    @AfterEach
    void everythingStillAddsUp() throws SQLException {
        List<LedgerAudit.Finding> findings = LedgerAudit.findings(admin);
        admin.close();

        assertThat(findings).isEmpty();
    }

    @Test
    void refreshesWhatIsDueAndLeavesTheRestAlone() throws SQLException {
        long due = AccountFixture.user("due").insert(admin);
        long held = AccountFixture.user("held").onHold().insert(admin);
        long later = AccountFixture.user("later").periodEnd(now.plusSeconds(60)).insert(admin);
        List<RefreshJob> jobs = List.of(job(due), job(held), new RefreshJob(later, now.plusSeconds(60), 0), job(4_711));

        Tally tally = batches.apply(jobs);

        assertThat(tally.total()).isEqualTo(new BatchStore.Counts(1, 3, 0, 0));
        assertThat(refreshedAccounts()).isEqualTo("{" + due + "}");
    }

    @Test
    void appliesAJobOnceHoweverOftenItComes() throws SQLException {
        long id = AccountFixture.user("due").insert(admin);

        Tally first = batches.apply(List.of(job(id), job(id)));
        Tally second = batches.apply(List.of(job(id)));

        assertThat(first.total()).isEqualTo(new BatchStore.Counts(1, 0, 1, 0));
        assertThat(second.total()).isEqualTo(new BatchStore.Counts(0, 0, 1, 0));
        assertThat(database.count("SELECT count(*) FROM ledger_entry WHERE type = 'REFRESH'"))
                .isEqualTo(1);
    }

    @Test
    void writesOneBatchRowPerRun() throws SQLException {
        long yesterday = AccountFixture.user("account-1").insert(admin);
        long before = AccountFixture.user("account-1b")
                .periodEnd(ENDED.minus(Duration.ofDays(5)))
                .insert(admin);

        batches.apply(List.of(job(yesterday), new RefreshJob(before, ENDED.minus(Duration.ofDays(5)), 0)));

        assertThat(database.query(
                        "SELECT array_agg(run_date || ' ' || refreshed ORDER BY run_date) FROM refresh_batch"))
                .isEqualTo(database.query("SELECT array_agg(run_date || ' 1' ORDER BY run_date) FROM ledger_entry"
                        + " WHERE type = 'REFRESH'"));
        assertThat(database.count("SELECT count(*) FROM refresh_batch")).isEqualTo(2);
    }

    @Test
    void findsTheOneBadAccountAndRefreshesTheOthers() throws SQLException {
        List<RefreshJob> jobs = accounts(100);
        database.execute(REFUSE.formatted("NEW.id = 42"));

        Tally tally = batches.apply(jobs);

        assertThat(tally.total()).isEqualTo(new BatchStore.Counts(99, 0, 0, 1));
        assertThat(failure()).isEqualTo("(42,1,retrying,database,60,\"the account is cursed (SQLSTATE P0001)\")");
    }

    @Test
    void isExhaustedAfterItsThirdRetryAndRefreshedOnceAfterTheRepair() throws SQLException {
        List<RefreshJob> jobs = accounts(2);
        database.execute(REFUSE.formatted("NEW.id = 1"));

        batches.apply(jobs);
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(database.query("SELECT state FROM refresh_failure")).isEqualTo("retrying");
            RefreshJob retry = new RefreshJob(1, ENDED, attempt);
            batches.apply(List.of(retry));
            batches.apply(List.of(retry));
        }
        assertThat(database.query("SELECT row(attempts, state, next_attempt_at - last_failed_at) FROM refresh_failure"))
                .isEqualTo("(4,exhausted,01:00:00)");

        database.execute("DROP TRIGGER refuse_it ON credit_account");
        RefreshJob redriven = new RefreshJob(1, ENDED, 4);
        batches.apply(List.of(redriven));
        batches.apply(List.of(redriven));

        assertThat(database.count("SELECT count(*) FROM refresh_failure")).isZero();
        assertThat(database.query("SELECT array_agg(account_id ORDER BY account_id) FROM ledger_entry"
                        + " WHERE type = 'REFRESH'"))
                .isEqualTo("{1,2}");
    }

    @Test
    void waitsOneTwoAndFourMinutesBetweenRetries() throws SQLException {
        accounts(1);
        database.execute(REFUSE.formatted("NEW.id = 1"));
        List<String> waits = new ArrayList<>();

        for (int attempt = 0; attempt < 3; attempt++) {
            batches.apply(List.of(new RefreshJob(1, ENDED, attempt)));
            waits.add(database.query("SELECT next_attempt_at - last_failed_at FROM refresh_failure"));
        }

        assertThat(waits).containsExactly("00:01:00", "00:02:00", "00:04:00");
    }

    @Test
    void replacesTheFailureOfAPeriodThatIsOver() throws SQLException {
        accounts(1);
        database.execute(
                "INSERT INTO refresh_failure VALUES (1, '2026-10-20T10:00Z', now(), now(), now(), 4, 'exhausted',"
                        + " 'bug', 'long ago')");
        database.execute(REFUSE.formatted("NEW.id = 1"));

        batches.apply(List.of(job(1)));

        assertThat(database.query("SELECT row(attempts, state, first_failed_at = last_failed_at) FROM refresh_failure"))
                .isEqualTo("(1,retrying,t)");
    }

    @Test
    void dropsTheFailureOfAnAccountThatLeftTheSchedule() throws SQLException {
        long id = AccountFixture.user("held").onHold().insert(admin);
        database.execute("INSERT INTO refresh_failure VALUES (" + id + ", '" + ENDED
                + "', now(), now(), now(), 1, 'retrying', 'bug', 'before the hold')");

        batches.apply(List.of(new RefreshJob(id, ENDED, 1)));

        assertThat(database.count("SELECT count(*) FROM refresh_failure")).isZero();
    }

    @Test
    void takesAnAccountThatTheRulesRefuseForBadData() throws SQLException {
        List<RefreshJob> jobs = accounts(3);
        database.execute("INSERT INTO plan VALUES ('hollow')");
        database.execute("UPDATE subscriber SET plan_code = 'hollow' WHERE id = 2");
        database.execute("UPDATE credit_account SET plan = 'hollow' WHERE id = 2");

        Tally tally = batches.apply(jobs);

        assertThat(tally.total()).isEqualTo(new BatchStore.Counts(2, 0, 0, 1));
        assertThat(failure())
                .isEqualTo("(2,1,retrying,data,60,\"the catalogue has no allowance of kind credits for plan hollow\")");
    }

    @Test
    void takesARefusedEntryForABug() throws SQLException {
        List<RefreshJob> jobs = accounts(3);
        database.execute(
                "INSERT INTO ledger_entry (account_id, seq, type, amount, balance_before, balance_after, granted,"
                        + " lapsed, carried, period_start, run_date, actor, created_at)"
                        + " VALUES (2, 2, 'REFRESH', 0, 1000, 1000, 0, 0, 0, '" + ENDED
                        + "', '2026-11-20', 'planted', now())");

        Tally tally = batches.apply(jobs);

        assertThat(tally.total()).isEqualTo(new BatchStore.Counts(2, 0, 0, 1));
        assertThat(failure()).startsWith("(2,1,retrying,bug,60,");
        // The planted entry is the defect here; taken away, the rest must add up.
        database.execute("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_is_append_only");
        database.execute("DELETE FROM ledger_entry WHERE actor = 'planted'");
    }

    @Test
    void takesABatchThatMostlyFailsAlikeForWeather() throws SQLException {
        List<RefreshJob> jobs = accounts(40);
        database.execute(REFUSE.formatted("NEW.id > 15"));

        assertThatThrownBy(() -> batches.apply(jobs)).isInstanceOf(WeatherException.class);

        assertThat(database.count("SELECT count(*) FROM refresh_failure")).isZero();
        assertThat(database.count("SELECT count(*) FROM ledger_entry WHERE type = 'REFRESH'"))
                .isEqualTo(15);
    }

    @Test
    void neverTakesWhatTheRulesRefuseForWeather() throws SQLException {
        List<RefreshJob> jobs = accounts(40);
        database.execute("INSERT INTO plan VALUES ('hollow')");
        database.execute("UPDATE subscriber SET plan_code = 'hollow' WHERE id > 15");
        database.execute("UPDATE credit_account SET plan = 'hollow' WHERE id > 15");

        Tally tally = batches.apply(jobs);

        assertThat(tally.total()).isEqualTo(new BatchStore.Counts(15, 0, 0, 25));
    }

    @Test
    void doesNotLetAFailureThatCannotBeWrittenHoldUpTheOthers() throws SQLException {
        List<RefreshJob> jobs = accounts(3);
        database.execute(REFUSE.formatted("NEW.id < 3"));
        database.execute("ALTER TABLE refresh_failure ADD CONSTRAINT planted CHECK (account_id <> 1)");

        Tally tally = batches.apply(jobs);

        assertThat(tally.total()).isEqualTo(new BatchStore.Counts(1, 0, 0, 2));
        assertThat(database.query("SELECT array_agg(account_id) FROM refresh_failure"))
                .isEqualTo("{2}");
    }

    @Test
    void takesAnUnmigratedDatabaseForWeather() throws SQLException {
        List<RefreshJob> jobs = accounts(1);
        database.execute("ALTER TABLE plan_allowance RENAME TO elsewhere");

        assertThatThrownBy(() -> batches.apply(jobs)).isInstanceOf(WeatherException.class);

        database.execute("ALTER TABLE elsewhere RENAME TO plan_allowance");
    }

    @Test
    void takesTheRetriesOfManyBadAccountsForWhatTheyAre() throws SQLException {
        List<RefreshJob> retries = accounts(40).stream()
                .map(job -> new RefreshJob(job.accountId(), job.dueAt(), 1))
                .toList();
        database.execute(REFUSE.formatted("true"));

        Tally tally = batches.apply(retries);

        assertThat(tally.total().failed()).isEqualTo(40);
    }

    @Test
    void decidesAnewWhenItLosesARace() throws Exception {
        List<RefreshJob> jobs = accounts(2);
        admin.setAutoCommit(false);
        admin.createStatement()
                .execute("INSERT INTO ledger_entry (account_id, seq, type, amount, balance_before,"
                        + " balance_after, period_start, actor, created_at)"
                        + " VALUES (1, 2, 'CONSUME', -100, 1000, 900, '2026-10-20T10:00Z', 'racer', now())");
        admin.createStatement().execute("UPDATE credit_account SET allowance = 900, version = 2 WHERE id = 1");

        CompletableFuture<Tally> racing = CompletableFuture.supplyAsync(() -> batches.apply(jobs));
        awaitLockWaiter();
        admin.commit();
        admin.setAutoCommit(true);

        assertThat(racing.get(30, TimeUnit.SECONDS).total()).isEqualTo(new BatchStore.Counts(2, 0, 0, 0));
        assertThat(database.query(
                        "SELECT row(seq, lapsed) FROM ledger_entry WHERE account_id = 1 AND type = 'REFRESH'"))
                .isEqualTo("(3,900)");
    }

    @Test
    void leavesLockedAccountsToTheSweep() throws SQLException {
        List<RefreshJob> jobs = accounts(3);
        database.execute("ALTER ROLE credit_worker IN DATABASE " + database.query("SELECT current_database()")
                + " SET lock_timeout = '200ms'");
        admin.setAutoCommit(false);
        admin.createStatement().execute("SELECT id FROM credit_account WHERE id = 2 FOR UPDATE");

        Tally tally = batches.apply(jobs);
        admin.rollback();
        admin.setAutoCommit(true);

        assertThat(tally.total()).isEqualTo(new BatchStore.Counts(2, 1, 0, 0));
        assertThat(database.count("SELECT count(*) FROM refresh_failure")).isZero();
    }

    @Test
    void takesAnUnreachableDatabaseForWeather() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://localhost:1/nowhere");
        RefreshBatches cutOff = new RefreshBatches(
                nowhere,
                () -> now,
                SettingsCheck.config(RefreshSettings.class).getConfigMapping(RefreshSettings.class));

        assertThatThrownBy(() -> cutOff.apply(List.of(job(1)))).isInstanceOf(WeatherException.class);
    }

    private List<RefreshJob> accounts(int count) throws SQLException {
        List<RefreshJob> jobs = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            jobs.add(job(AccountFixture.user("account-" + i).insert(admin)));
        }
        return jobs;
    }

    private static RefreshJob job(long accountId) {
        return new RefreshJob(accountId, ENDED, 0);
    }

    private String refreshedAccounts() {
        return database.query("SELECT array_agg(account_id) FROM ledger_entry WHERE type = 'REFRESH'");
    }

    private String failure() {
        return database.query("SELECT row(account_id, attempts, state, category,"
                + " date_part('epoch', next_attempt_at - last_failed_at), last_error) FROM refresh_failure");
    }

    private void awaitLockWaiter() {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (database.count("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                        + " AND datname = current_database()")
                == 0) {
            assertThat(System.nanoTime()).isLessThan(limit);
            Thread.onSpinWait();
        }
    }
}
