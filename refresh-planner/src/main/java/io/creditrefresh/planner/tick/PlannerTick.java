package io.creditrefresh.planner.tick;

import io.creditrefresh.ledger.command.Switches;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.planner.jobs.NotAcknowledgedException;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/** The steps of one tick, in their order. */
@Singleton
class PlannerTick {

    private static final Logger LOG = Logger.getLogger(PlannerTick.class);

    private final RefreshSettings settings;
    private final Switches switches;
    private final InstantSource clock;
    private final DueAccounts dueAccounts;
    private final Retries retries;
    private final Sweep sweep;
    private final BulkEmission bulk;
    private final DryRun dryRun;

    PlannerTick(
            RefreshSettings settings,
            Switches switches,
            InstantSource clock,
            DueAccounts dueAccounts,
            Retries retries,
            Sweep sweep,
            BulkEmission bulk,
            DryRun dryRun) {
        this.settings = settings;
        this.switches = switches;
        this.clock = clock;
        this.dueAccounts = dueAccounts;
        this.retries = retries;
        this.sweep = sweep;
        this.bulk = bulk;
        this.dryRun = dryRun;
    }

    TickReport run() throws SQLException, NotAcknowledgedException {
        switches.read();
        if (settings.dryRun()) {
            countOnly();
            return TickReport.NOTHING;
        }
        TickReport byItself = switches.refreshesByItself() ? emitDue() : TickReport.NOTHING;
        // What admins ask for goes on while nobody refreshes by himself.
        return byItself.with(bulk.emit(clock.instant()));
    }

    private TickReport emitDue() throws SQLException, NotAcknowledgedException {
        dueAccounts.openRun();
        Emission due = dueAccounts.emit();
        if (due.end() == Emission.End.LOST_RACE) {
            LOG.debug("Another planner has moved the watermark");
            return TickReport.of(due, Emission.NOTHING, Emission.NOTHING);
        }
        // Each step asks the clock anew: the one before it may have taken long.
        Emission retried = retries.emit(clock.instant());
        Emission swept = sweep.emit(clock.instant());
        return TickReport.of(due, retried, swept);
    }

    private void countOnly() throws SQLException {
        if (!settings.enabled()) {
            return;
        }
        DryRun.Count count = dryRun.count(clock.instant());
        if (!count.equals(DryRun.Count.NONE)) {
            LOG.infof(
                    "[CreditRefresh] Dry run: %d accounts would be refreshed with %d credits, %d would fail",
                    count.refreshed(), count.granted(), count.failed());
        }
    }
}
