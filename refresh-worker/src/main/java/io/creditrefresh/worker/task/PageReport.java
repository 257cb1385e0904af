package io.creditrefresh.worker.task;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one page has done, numbers of accounts.
 *
 * @param totalUsers that were due
 * @param processedUsers the sum of the three that follow
 * @param skippedUsers that somebody else has refreshed meanwhile, is just changing, or has put on hold
 * @param failedUsers that are tried again by themselves
 * @param startTime by the service's clock, as is {@code endTime}
 * @param duration elapsed real time, ms
 * @param errors the first 50
 * @param batchNumber of this page, from 1
 * @param cursor for the next page; null after the last one
 * @param hasMore whether there may be more
 * @param refreshPaused refreshing is switched off: nobody is refreshed, and the cursor is still that of this page
 */
public record PageReport(
        int totalUsers,
        int processedUsers,
        int refreshedUsers,
        int skippedUsers,
        int failedUsers,
        Instant startTime,
        Instant endTime,
        long duration,
        List<FailedUser> errors,
        int batchNumber,
        @Nullable String cursor,
        boolean hasMore,
        boolean refreshPaused) {}
