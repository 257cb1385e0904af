package io.creditrefresh.api.explain;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.run.FailureLine;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the refresh of an account.
 *
 * @param dueAt the end of the period that was to be refreshed
 * @param state {@code retrying} or {@code exhausted}
 * @param category {@code data}, {@code database} or {@code bug}
 * @param attempts how often it was tried
 * @param countsNow false: it is about a period that is over, or the account is off the schedule, and means nothing now
 */
public record ExplainedFailure(
        Instant dueAt,
        String state,
        String category,
        int attempts,
        String lastError,
        Instant lastFailedAt,
        Instant nextAttemptAt,
        boolean countsNow) {

    static @Nullable ExplainedFailure of(AccountScene scene) {
        FailureLine failure = scene.failure();
        if (failure == null) {
            return null;
        }
        Account account = scene.account();
        return new ExplainedFailure(
                failure.dueAt(),
                failure.state(),
                failure.category(),
                failure.attempts(),
                failure.error(),
                failure.lastFailedAt(),
                failure.nextAttemptAt(),
                account.refreshAt() != null
                        && failure.dueAt().equals(account.period().end()));
    }
}
