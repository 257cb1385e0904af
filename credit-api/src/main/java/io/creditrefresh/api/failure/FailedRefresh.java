package io.creditrefresh.api.failure;

import io.creditrefresh.ledger.store.FailurePageStore.Line;
import java.time.Instant;

/**
 * An account whose due refresh has failed.
 *
 * @param dueAt the end of the period that it stays in meanwhile
 * @param attempts how often it was tried
 * @param state {@code retrying}, or {@code exhausted}: out of retries, tried every few hours
 * @param category {@code data}: the rules refuse the account, {@code database}: the database does, {@code bug}: a broken
 *     invariant
 */
public record FailedRefresh(
        long accountId,
        String userId,
        String kind,
        Instant dueAt,
        int attempts,
        String state,
        String category,
        String error,
        Instant firstFailedAt,
        Instant lastFailedAt,
        Instant nextAttemptAt) {

    static FailedRefresh of(Line line) {
        return new FailedRefresh(
                line.accountId(),
                line.userId(),
                line.kind(),
                line.dueAt(),
                line.attempts(),
                line.state(),
                line.category(),
                line.error(),
                line.firstFailedAt(),
                line.lastFailedAt(),
                line.nextAttemptAt());
    }
}
