package io.creditrefresh.worker.task;

import java.time.Instant;
import java.util.List;

/**
 * What one call has tried again, numbers of jobs.
 *
 * @param processedJobs the sum of the three that follow
 * @param completedJobs that are refreshed now
 * @param failedJobs that have failed once more
 * @param skippedJobs that somebody else has refreshed meanwhile, is just changing, or has put on hold
 * @param hasMore whether more accounts are to be tried again by now
 * @param refreshPaused refreshing is switched off: nothing is tried
 * @param startTime by the service's clock, as is {@code endTime}
 * @param duration elapsed real time, ms
 * @param errors the first 50
 */
public record RetryReport(
        int processedJobs,
        int completedJobs,
        int failedJobs,
        int skippedJobs,
        boolean hasMore,
        boolean refreshPaused,
        Instant startTime,
        Instant endTime,
        long duration,
        List<FailedUser> errors) {}
