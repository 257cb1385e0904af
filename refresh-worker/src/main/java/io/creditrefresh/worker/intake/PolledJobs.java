package io.creditrefresh.worker.intake;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.worker.RefreshSwitch;
import io.creditrefresh.worker.bulk.BulkBatches;
import io.creditrefresh.worker.health.ReportedBatches;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Does a batch of what one poll has brought: what admins have asked for, and what is due unless nobody refreshes by himself.
 */
@Singleton
class PolledJobs {

    private static final Logger LOG = Logger.getLogger(PolledJobs.class);

    private final ReportedBatches batches;
    private final BulkBatches bulk;
    private final RefreshSwitch refreshing;

    PolledJobs(ReportedBatches batches, BulkBatches bulk, RefreshSwitch refreshing) {
        this.batches = batches;
        this.bulk = bulk;
        this.refreshing = refreshing;
    }

    /**
     * Does them; twice is once.
     *
     * @return true
     * @throws io.creditrefresh.worker.trouble.WeatherException if all must be tried again
     */
    boolean apply(List<RefreshJob> jobs) {
        List<RefreshJob> asked = jobs.stream().filter(RefreshJob::isOfBulkJob).toList();
        List<RefreshJob> due = asked.isEmpty()
                ? jobs
                : jobs.stream().filter(job -> !job.isOfBulkJob()).toList();
        // Before both: what a restore does depends on it, too.
        boolean refreshes = refreshing.readAnew();
        if (!asked.isEmpty()) {
            bulk.apply(asked);
        }
        if (due.isEmpty()) {
            return true;
        }
        if (!refreshes) {
            LOG.infof("[CreditRefresh] Refreshing is switched off or paused: %d jobs are void", due.size());
            return true;
        }
        batches.apply(due);
        return true;
    }
}
