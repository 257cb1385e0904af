package io.creditrefresh.ledger.message;

import java.time.Instant;

/**
 * The Kafka message that asks for one refresh of one account. Only a hint: whoever gets it checks everything again.
 *
 * @param dueAt the period end that it was emitted for, whole seconds
 * @param attempt the failure's attempts at emission: 0 for a first try
 */
public record RefreshJob(long accountId, Instant dueAt, int attempt) {

    public RefreshJob {
        if (accountId < 1) {
            throw new IllegalArgumentException("accountId is at least 1: " + accountId);
        }
        if (attempt < 0) {
            throw new IllegalArgumentException("attempt is not negative: " + attempt);
        }
    }
}
