package io.creditrefresh.planner.tick;

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
    private final InstantSource clock;
    private final DueAccounts dueAccounts;
    private final Retries retries;
    private final Sweep sweep;
    private final DryRun dryRun;

    PlannerTick(
            RefreshSettings settings,
            InstantSource clock,
            DueAccounts dueAccounts,
            Retries retries,
            Sweep sweep,
            DryRun dryRun) {
        this.settings = settings;
        this.clock = clock;
        this.dueAccounts = dueAccounts;
        this.retries = retries;
        this.sweep = sweep;
        this.dryRun = dryRun;
    }

    TickReport run() throws SQLException, NotAcknowledgedException {
        if (!settings.enabled()) {
            return TickReport.NOTHING;
        }
        if (settings.dryRun()) {
            countOnly();
            return TickReport.NOTHING;
        }
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
        DryRun.Count count = dryRun.count(clock.instant());
        if (!count.equals(DryRun.Count.NONE)) {
            LOG.infof(
                    "[CreditRefresh] Dry run: %d accounts would be refreshed with %d credits, %d would fail",
                    count.refreshed(), count.granted(), count.failed());
        }
    }
}
