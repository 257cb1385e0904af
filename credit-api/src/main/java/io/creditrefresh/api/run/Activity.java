package io.creditrefresh.api.run;

import io.creditrefresh.ledger.run.BatchLine;
import java.time.Instant;
import java.time.LocalDate;

/**
 * One batch, numbers of jobs.
 *
 * @param appliedBy who did it
 * @param already jobs whose account had been refreshed before
 * @param duration elapsed real time, ms
 */
public record Activity(
        Instant startTime,
        Instant endTime,
        LocalDate runDate,
        String appliedBy,
        int refreshed,
        int skipped,
        int already,
        int failed,
        long duration) {

    static Activity of(BatchLine batch) {
        return new Activity(
                batch.startedAt(),
                batch.finishedAt(),
                batch.runDate(),
                batch.appliedBy(),
                batch.refreshed(),
                batch.skipped(),
                batch.already(),
                batch.failed(),
                batch.busy().toMillis());
    }
}
