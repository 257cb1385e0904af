package io.creditrefresh.planner.task;

import io.creditrefresh.planner.tick.TickReport;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * What one call has emitted, numbers of jobs.
 *
 * @param runDate the day whose run is open now; null while refreshing is paused
 * @param dueJobs of accounts whose minute has come
 * @param retriedJobs of failed accounts that are tried again
 * @param sweptJobs that seemed to be lost
 * @param bulkJobs of what admins have asked for, for many accounts
 * @param hasMore whether there was more to emit than one call does; the planner goes on by itself
 * @param refreshPaused refreshing is switched off, or counted only: nothing is emitted
 * @param startTime by the service's clock, as is {@code endTime}
 * @param duration elapsed real time, ms
 */
public record QueueReport(
        @Nullable LocalDate runDate,
        int emittedJobs,
        int dueJobs,
        int retriedJobs,
        int sweptJobs,
        int bulkJobs,
        boolean hasMore,
        boolean refreshPaused,
        Instant startTime,
        Instant endTime,
        long duration) {

    static QueueReport of(TickReport report, boolean paused, Instant started, Instant ended, long durationMs) {
        return new QueueReport(
                paused ? null : LocalDate.ofInstant(started, ZoneOffset.UTC),
                report.emitted(),
                report.due(),
                report.retries(),
                report.swept(),
                report.bulk(),
                report.more(),
                paused,
                started,
                ended,
                durationMs);
    }
}
