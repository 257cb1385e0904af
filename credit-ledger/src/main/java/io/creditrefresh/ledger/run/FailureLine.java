package io.creditrefresh.ledger.run;

import java.time.Instant;

/**
 * What is wrong with one account, or was in an earlier period.
 *
 * @param dueAt the end of that period, which it is about
 * @param state {@code retrying} or {@code exhausted}
 * @param category {@code data}, {@code database} or {@code bug}
 * @param attempts how often it was tried
 * @param error for people
 */
public record FailureLine(
        long accountId,
        Instant dueAt,
        String state,
        String category,
        int attempts,
        String error,
        Instant lastFailedAt,
        Instant nextAttemptAt) {}
