package io.creditrefresh.ledger.message;

import java.time.Instant;

/**
 * The Kafka message that asks for one refresh of one account. Only a hint: whoever gets it checks everything again.
 *
 * @param dueAt the period end that it was emitted for, whole seconds
 * @param attempt the failure's attempts at emission: 0 for a first try
 * @param bulkJob the job of many accounts that asks for it, which says what is to be done; 0 for none
 */
public record RefreshJob(long accountId, Instant dueAt, int attempt, long bulkJob) {

    /** One that no job of many accounts asks for. */
    public RefreshJob(long accountId, Instant dueAt, int attempt) {
        this(accountId, dueAt, attempt, 0);
    }

    public RefreshJob {
        if (bulkJob < 0) {
            throw new IllegalArgumentException("bulkJob is not negative: " + bulkJob);
        }
        if (accountId < 1) {
            throw new IllegalArgumentException("accountId is at least 1: " + accountId);
        }
        if (attempt < 0) {
            throw new IllegalArgumentException("attempt is not negative: " + attempt);
        }
    }

    /** Whether a job of many accounts asks for it. */
    public boolean isOfBulkJob() {
        return bulkJob > 0;
    }
}
