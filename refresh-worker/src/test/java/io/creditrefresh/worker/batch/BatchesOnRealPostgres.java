package io.creditrefresh.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.ledger.audit.LedgerAudit;
import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.settings.SettingsCheck;
import io.creditrefresh.ledger.store.AccountFixture;
import io.creditrefresh.ledger.store.LedgerDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A worker's batches on a database of their own, whose clock stands at noon; afterwards the ledger must add up. */
abstract class BatchesOnRealPostgres {

    static final Instant ENDED = Instant.parse("2026-11-19T10:00:00Z");
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    final LedgerDatabase database = LedgerDatabase.create();
    final RefreshBatches batches = batchesOn(database.as("credit_worker"));
    Connection admin;

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

    static RefreshBatches batchesOn(DataSource dataSource) {
        RefreshSettings settings = SettingsCheck.config(RefreshSettings.class).getConfigMapping(RefreshSettings.class);
        return new RefreshBatches(dataSource, () -> NOW, settings);
    }

    List<RefreshJob> accounts(int count) throws SQLException {
        List<RefreshJob> jobs = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            jobs.add(job(AccountFixture.user("account-" + i).insert(admin)));
        }
        return jobs;
    }

    static RefreshJob job(long accountId) {
        return new RefreshJob(accountId, ENDED, 0);
    }
}
