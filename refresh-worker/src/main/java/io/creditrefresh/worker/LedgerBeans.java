package io.creditrefresh.worker;

import io.creditrefresh.ledger.command.BulkBatch;
import io.creditrefresh.ledger.command.LedgerAccess;
import io.creditrefresh.ledger.command.Switches;
import io.creditrefresh.ledger.settings.RefreshSettings;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import javax.sql.DataSource;

/** What the worker needs of the ledger, on its database and clock. */
final class LedgerBeans {

    /** Who applies refreshes here, as the ledger and the run's numbers name it. */
    private static final String WORKER = "worker";

    @Produces
    @Singleton
    Switches switches(RefreshSettings settings, DataSource database) {
        return new Switches(settings, database);
    }

    @Produces
    @Singleton
    BulkBatch bulkBatch(DataSource database, InstantSource clock, Switches switches) {
        return new BulkBatch(new LedgerAccess(database, clock, switches::refreshesByItself, WORKER));
    }
}
