package io.creditrefresh.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.store.AccountFixture;
import io.creditrefresh.ledger.store.BatchStore;
import io.creditrefresh.worker.trouble.WeatherException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class RefreshBatchesTest extends BatchesOnRealPostgres {

    @Test
    void refreshesWhatIsDueAndLeavesTheRestAlone() throws SQLException {
        long due = AccountFixture.user("due").insert(admin);
        long held = AccountFixture.user("held").onHold().insert(admin);
        long later = AccountFixture.user("later").periodEnd(NOW.plusSeconds(60)).insert(admin);
        List<RefreshJob> jobs = List.of(job(due), job(held), new RefreshJob(later, NOW.plusSeconds(60), 0), job(4_711));

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
    void takesAnUnmigratedDatabaseForWeather() throws SQLException {
        List<RefreshJob> jobs = accounts(1);
        database.execute("ALTER TABLE plan_allowance RENAME TO elsewhere");

        assertThatThrownBy(() -> batches.apply(jobs)).isInstanceOf(WeatherException.class);

        database.execute("ALTER TABLE elsewhere RENAME TO plan_allowance");
    }

    @Test
    void decidesAnewWhenItLosesARace() throws Exception {
        List<RefreshJob> jobs = accounts(2);
        admin.setAutoCommit(false);
        admin.createStatement()
                .execute("INSERT INTO ledger_entry (account_id, seq, type, amount, balance_before,"
                        + " balance_after, bonus_change, period_start, actor, idempotency_key, created_at)"
                        + " VALUES (1, 2, 'CONSUME', -100, 1000, 900, 0, '2026-10-20T10:00Z', 'racer', 'x', now())");
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
        RefreshBatches cutOff = batchesOn(nowhere);

        assertThatThrownBy(() -> cutOff.apply(List.of(job(1)))).isInstanceOf(WeatherException.class);
    }

    private String refreshedAccounts() {
        return database.query("SELECT array_agg(account_id) FROM ledger_entry WHERE type = 'REFRESH'");
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
