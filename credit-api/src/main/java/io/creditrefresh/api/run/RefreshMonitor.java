package io.creditrefresh.api.run;

import io.creditrefresh.ledger.run.RunNumbers;
import io.creditrefresh.ledger.run.RunSnapshot;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Today's run, in jobs: one per account that is on the schedule.
 *
 * @param totalJobs the sum of the four that follow
 * @param pendingJobs not emitted yet, or waiting for a retry
 * @param processingJobs emitted and not yet in the ledger
 * @param failedJobs out of retries
 * @param successRate completed ones of those that came to an end, per cent; null when nothing ran
 * @param averageProcessingTime ms per refresh; null when nothing ran
 * @param lastRunTime when the newest batch finished; null if there was none
 * @param nextScheduledRun when the next account is to be refreshed; null if none is
 * @param errors the newest 50
 * @param recentActivity the newest 20 batches
 * @param run the same accounts as a run, held ones among them
 * @param overdue due accounts of earlier runs that have not failed
 * @param failedEarlier accounts of earlier runs that are out of retries
 * @param unaccounted accounts that were passed over, with neither a refresh nor a failure; 0 in health
 * @param refreshPaused nobody is refreshed at present; what is due stays due
 * @param takenAt when all of this was so, by the service's clock
 */
public record RefreshMonitor(
        long totalJobs,
        long pendingJobs,
        long processingJobs,
        long completedJobs,
        long failedJobs,
        @Nullable Double successRate,
        @Nullable Double averageProcessingTime,
        @Nullable Instant lastRunTime,
        @Nullable Instant nextScheduledRun,
        List<JobError> errors,
        List<Activity> recentActivity,
        RunStanding run,
        long overdue,
        long failedEarlier,
        long unaccounted,
        boolean refreshPaused,
        Instant takenAt) {

    static RefreshMonitor of(RunSnapshot snapshot, boolean paused) {
        RunNumbers run = snapshot.today();
        long pending = run.pending() - run.inFlight() + run.retrying();
        return new RefreshMonitor(
                pending + run.inFlight() + run.refreshed() + run.failed(),
                pending,
                run.inFlight(),
                run.refreshed(),
                run.failed(),
                Numbers.successRate(run.refreshed(), run.failed()),
                Numbers.millisPerRefresh(snapshot.busyToday(), run.refreshed()),
                snapshot.lastRunTime().orElse(null),
                snapshot.nextScheduledRun().orElse(null),
                snapshot.failures().stream().map(JobError::of).toList(),
                snapshot.batches().stream().map(Activity::of).toList(),
                RunStanding.of(snapshot),
                snapshot.overdue(),
                snapshot.failedEarlier(),
                snapshot.unaccounted(),
                paused,
                snapshot.takenAt());
    }
}
