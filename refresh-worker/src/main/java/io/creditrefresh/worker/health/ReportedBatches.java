package io.creditrefresh.worker.health;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.store.BatchStore;
import io.creditrefresh.worker.batch.RefreshBatches;
import io.creditrefresh.worker.batch.Tally;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/** Applies batches, wherever their jobs come from, and tells of each in log and metrics. */
@Singleton
public class ReportedBatches {

    private static final Logger LOG = Logger.getLogger(ReportedBatches.class);

    private final RefreshBatches batches;
    private final WorkerProgress progress;

    ReportedBatches(RefreshBatches batches, WorkerProgress progress) {
        this.batches = batches;
        this.progress = progress;
    }

    /**
     * Applies the jobs that are due and writes down those that fail.
     *
     * @throws io.creditrefresh.worker.trouble.WeatherException if it must be tried again as a whole
     */
    public Tally apply(List<RefreshJob> jobs) {
        LOG.infof("[CreditRefresh] Starting batch refresh... (%d jobs)", jobs.size());
        long started = System.nanoTime();
        Tally tally;
        WorkerProgress.UnderWay batch = progress.begin();
        try {
            tally = batches.apply(jobs);
        } finally {
            progress.end(batch);
        }
        long elapsed = System.nanoTime() - started;
        progress.applied(tally, elapsed);
        BatchStore.Counts total = tally.total();
        LOG.infof(
                "[CreditRefresh] Batch refresh completed: refreshed %d, already %d, skipped %d, failed %d in %d ms",
                total.refreshed(), total.already(), total.skipped(), total.failed(), elapsed / 1_000_000);
        return tally;
    }
}
