package io.creditrefresh.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.store.AccountFixture;
import io.creditrefresh.ledger.store.BatchStore;
import io.creditrefresh.worker.trouble.WeatherException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Accounts that fail for reasons of their own: found, written down, tried again, and in nobody's way. */
class BadAccountsTest extends BatchesOnRealPostgres {

    private static final String REFUSE = """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'the account is cursed';
            END
            $$;
            CREATE TRIGGER refuse_it BEFORE UPDATE ON credit_account FOR EACH ROW WHEN (%s) EXECUTE FUNCTION refuse();
            """;

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
    void takesTheRetriesOfManyBadAccountsForWhatTheyAre() throws SQLException {
        List<RefreshJob> retries = accounts(40).stream()
                .map(job -> new RefreshJob(job.accountId(), job.dueAt(), 1))
                .toList();
        database.execute(REFUSE.formatted("true"));

        Tally tally = batches.apply(retries);

        assertThat(tally.total().failed()).isEqualTo(40);
    }

    private String failure() {
        return database.query("SELECT row(account_id, attempts, state, category,"
                + " date_part('epoch', next_attempt_at - last_failed_at), last_error) FROM refresh_failure");
    }
}
