package io.creditrefresh.worker.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.ledger.bulk.BulkJob;
import io.creditrefresh.ledger.bulk.BulkWish;
import io.creditrefresh.ledger.command.BulkBatch;
import io.creditrefresh.ledger.command.LedgerAccess;
import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.store.AccountFixture;
import io.creditrefresh.ledger.store.BulkJobStore;
import io.creditrefresh.ledger.store.BulkListingStore;
import io.creditrefresh.ledger.store.LedgerDatabase;
import io.creditrefresh.worker.trouble.WeatherException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class BulkBatchesTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant LATER = Instant.parse("2026-12-01T12:00:00Z");
    private static final String FATES = "SELECT string_agg(state, ' ' ORDER BY account_id) FROM bulk_item";

    private final LedgerDatabase database = LedgerDatabase.create();
    private final BulkBatches batches = new BulkBatches(
            new BulkBatch(new LedgerAccess(database.as("credit_worker"), () -> NOW, () -> true, "worker")));
    private Connection admin;

    @BeforeEach
    void open() throws SQLException {
        admin = database.superuser();
    }

    @AfterEach
    void everythingStillAddsUp() throws SQLException {
        List<LedgerAudit.Finding> findings = LedgerAudit.findings(admin);
        admin.close();

        assertThat(findings).isEmpty();
    }

    @Test
    void doesEachAccountOnceHoweverOftenItIsAsked() throws SQLException {
        List<Long> accounts = accounts(3);
        BulkJob job = begin();

        batches.apply(jobs(job, accounts));
        batches.apply(jobs(job, accounts));

        assertThat(database.query(FATES)).isEqualTo("refreshed refreshed refreshed");
        assertThat(database.count("SELECT count(*) FROM ledger_entry WHERE type = 'MANUAL_REFRESH'"))
                .isEqualTo(3);
    }

    @Test
    void leavesABadAccountAloneAndDoesTheOthers() throws SQLException {
        database.execute("INSERT INTO plan (code) VALUES ('bare')");
        List<Long> accounts = accounts(3);
        accounts.add(AccountFixture.user("bad")
                .plan("bare")
                .holding(3, 7)
                .periodEnd(LATER)
                .insert(admin));
        accounts.add(AccountFixture.user("good").holding(3, 7).periodEnd(LATER).insert(admin));
        BulkJob job = begin();

        batches.apply(jobs(job, accounts));

        assertThat(database.query(FATES)).isEqualTo("refreshed refreshed refreshed failed refreshed");
        assertThat(database.query("SELECT error FROM bulk_item WHERE state = 'failed'"))
                .contains("bare");
    }

    @Test
    void doesNothingOfAJobThatIsOver() throws SQLException {
        List<Long> accounts = accounts(2);
        BulkJob job = begin();
        database.execute("UPDATE bulk_job SET state = 'cancelled', finished_at = now()");

        batches.apply(jobs(job, accounts));

        assertThat(database.query(FATES)).isEqualTo("open open");
    }

    @Test
    void leavesToThePlannerWhatOthersHoldLocked() throws SQLException {
        List<Long> accounts = accounts(2);
        BulkJob job = begin();
        admin.setAutoCommit(false);
        try (var lock = admin.createStatement()) {
            lock.execute("SELECT FROM credit_account FOR UPDATE");
            database.execute("ALTER ROLE credit_worker IN DATABASE " + database.query("SELECT current_database()")
                    + " SET lock_timeout = '50ms'");

            batches.apply(jobs(job, accounts));
        } finally {
            admin.rollback();
            admin.setAutoCommit(true);
        }

        assertThat(database.query(FATES)).isEqualTo("open open");
    }

    @Test
    void waitsForADatabaseThatIsAway() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setUrl("jdbc:postgresql://localhost:1/none");
        BulkBatches away = new BulkBatches(new BulkBatch(new LedgerAccess(nowhere, () -> NOW, () -> true, "worker")));

        assertThatThrownBy(() -> away.apply(List.of(new RefreshJob(1, NOW, 0, 1))))
                .isInstanceOf(WeatherException.class);
    }

    private List<Long> accounts(int count) throws SQLException {
        List<Long> ids = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            ids.add(AccountFixture.user("account-" + i)
                    .holding(3, 7)
                    .periodEnd(LATER)
                    .insert(admin));
        }
        return ids;
    }

    private BulkJob begin() throws SQLException {
        BulkJob job;
        try (Connection api = database.as("credit_api").getConnection()) {
            job = BulkJobStore.create(
                    api, BulkWish.refreshWhere(null, null, null), false, new Cause("admin:alice", null), NOW);
        }
        try (Connection planner = database.as("credit_planner").getConnection()) {
            BulkListingStore.list(planner, job, 1_000);
        }
        return job;
    }

    private static List<RefreshJob> jobs(BulkJob job, List<Long> accounts) {
        return accounts.stream()
                .map(account -> new RefreshJob(account, NOW, 0, job.id()))
                .toList();
    }
}
