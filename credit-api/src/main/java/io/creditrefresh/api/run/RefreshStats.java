package io.creditrefresh.api.run;

import io.creditrefresh.ledger.run.EarlierRun;
import io.creditrefresh.ledger.run.RunSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How refreshing went today and in the seven days before.
 *
 * @param successRate refreshed ones of those that came to an end, per cent; null when nothing ran
 * @param lastRun the newest run before today's; null if there was none
 * @param lastRunTime when the newest batch finished; null if there was none
 * @param nextScheduledRun when the next account is to be refreshed; null if none is
 * @param runs today's runs before, newest first
 * @param errors the newest 50
 * @param recentActivity the newest 20 batches
 * @param refreshPaused nobody is refreshed at present; what is due stays due
 * @param takenAt when all of this was so, by the service's clock
 */
public record RefreshStats(
        Totals totals,
        @Nullable Double successRate,
        Averages averages,
        RunStanding today,
        @Nullable PastRun lastRun,
        @Nullable Instant lastRunTime,
        @Nullable Instant nextScheduledRun,
        List<PastRun> runs,
        List<JobError> errors,
        List<Activity> recentActivity,
        boolean refreshPaused,
        Instant takenAt) {

    static RefreshStats of(RunSnapshot snapshot, boolean paused) {
        Totals totals = Totals.of(snapshot);
        List<PastRun> runs = snapshot.earlierRuns().stream().map(PastRun::of).toList();
        return new RefreshStats(
                totals,
                Numbers.successRate(totals.refreshed(), totals.failed() + totals.failedEarlier()),
                Averages.of(snapshot, totals),
                RunStanding.of(snapshot),
                runs.isEmpty() ? null : runs.get(0),
                snapshot.lastRunTime().orElse(null),
                snapshot.nextScheduledRun().orElse(null),
                runs,
                snapshot.failures().stream().map(JobError::of).toList(),
                snapshot.batches().stream().map(Activity::of).toList(),
                paused,
                snapshot.takenAt());
    }

    /**
     * Over today and the seven days before.
     *
     * @param refreshed refreshes in all of these runs
     * @param pending of today's run, as are {@code retrying}, {@code failed} and {@code held}
     * @param overdue due accounts of earlier runs that have not failed
     * @param failedEarlier accounts of earlier runs that are out of retries
     * @param unaccounted accounts that were passed over, with neither a refresh nor a failure; 0 in health
     */
    public record Totals(
            int runs,
            long refreshed,
            long pending,
            long retrying,
            long failed,
            long held,
            long overdue,
            long failedEarlier,
            long unaccounted) {

        static Totals of(RunSnapshot snapshot) {
            long earlier = snapshot.earlierRuns().stream()
                    .mapToLong(EarlierRun::refreshed)
                    .sum();
            return new Totals(
                    snapshot.earlierRuns().size() + 1,
                    earlier + snapshot.today().refreshed(),
                    snapshot.today().pending(),
                    snapshot.today().retrying(),
                    snapshot.today().failed(),
                    snapshot.today().held(),
                    snapshot.overdue(),
                    snapshot.failedEarlier(),
                    snapshot.unaccounted());
        }
    }

    /**
     * Over the same runs.
     *
     * @param processingTime ms per refresh; null when nothing was refreshed
     * @param refreshesPerRun of the runs before today's; null if there was none
     */
    public record Averages(
            @Nullable Double processingTime, @Nullable Double refreshesPerRun) {

        static Averages of(RunSnapshot snapshot, Totals totals) {
            Duration busy =
                    snapshot.earlierRuns().stream().map(EarlierRun::busy).reduce(snapshot.busyToday(), Duration::plus);
            @Nullable
            Double perRun = snapshot.earlierRuns().isEmpty()
                    ? null
                    : snapshot.earlierRuns().stream()
                            .mapToLong(EarlierRun::refreshed)
                            .average()
                            .orElseThrow();
            return new Averages(Numbers.millisPerRefresh(busy, totals.refreshed()), perRun);
        }
    }

    /**
     * A run of an earlier day.
     *
     * @param planned accounts that it was opened with; null if the planner did not run that day
     * @param failedAttempts attempts, not accounts
     * @param averageProcessingTime ms per refresh; null when nothing was refreshed
     */
    public record PastRun(
            LocalDate date,
            @Nullable Long planned,
            long refreshed,
            long failedAttempts,
            @Nullable Double averageProcessingTime) {

        static PastRun of(EarlierRun run) {
            return new PastRun(
                    run.date(),
                    Numbers.orNull(run.planned()),
                    run.refreshed(),
                    run.failedAttempts(),
                    Numbers.millisPerRefresh(run.busy(), run.refreshed()));
        }
    }
}
