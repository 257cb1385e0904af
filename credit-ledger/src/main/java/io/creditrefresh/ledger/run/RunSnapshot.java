package io.creditrefresh.ledger.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How refreshing stands, all of it at one moment.
 *
 * @param takenAt by the service's clock
 * @param overdue due accounts of earlier runs, without a failure
 * @param failedEarlier accounts of earlier runs that are out of retries
 * @param unaccounted due accounts behind the settled minute, with neither a refresh nor a failure; 0 in health
 * @param oldestDue the oldest {@code refresh_at} that has come, of an account without a failure
 * @param lastRunTime when the newest batch finished
 * @param nextScheduledRun the next {@code refresh_at} of any account
 * @param busyToday elapsed real time of all batches of today's run together
 * @param earlierRuns of the 7 days before today, newest first
 * @param failures the newest 50
 * @param batches the newest 20
 */
public record RunSnapshot(
        Instant takenAt,
        RunNumbers today,
        long overdue,
        long failedEarlier,
        long unaccounted,
        Optional<Instant> oldestDue,
        Optional<Instant> lastRunTime,
        Optional<Instant> nextScheduledRun,
        Duration busyToday,
        List<EarlierRun> earlierRuns,
        List<FailureLine> failures,
        List<BatchLine> batches) {

    public RunSnapshot {
        earlierRuns = List.copyOf(earlierRuns);
        failures = List.copyOf(failures);
        batches = List.copyOf(batches);
    }
}
