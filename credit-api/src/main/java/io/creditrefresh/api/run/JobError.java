package io.creditrefresh.api.run;

import io.creditrefresh.ledger.run.FailureLine;
import java.time.Instant;

/**
 * What is wrong with one account.
 *
 * @param jobId account id and the end of the period that was to be refreshed, as {@code 17@2026-11-19T10:00:00Z}
 * @param timestamp of the last attempt
 * @param state {@code retrying} or {@code exhausted}
 * @param category {@code data}, {@code database} or {@code bug}
 * @param attempts how often it was tried
 */
public record JobError(
        String jobId,
        String error,
        Instant timestamp,
        String state,
        String category,
        int attempts,
        Instant nextAttemptAt) {

    static JobError of(FailureLine failure) {
        return new JobError(
                failure.accountId() + "@" + failure.dueAt(),
                failure.error(),
                failure.lastFailedAt(),
                failure.state(),
                failure.category(),
                failure.attempts(),
                failure.nextAttemptAt());
    }
}
