package io.creditrefresh.api.failure;

import java.time.Instant;
import java.util.List;

/**
 * Failures by error, the most frequent first.
 *
 * @param data 200 at the most
 */
public record FailureGroups(List<FailureGroup> data) {

    /**
     * Failures of one error.
     *
     * @param category {@code data}, {@code database} or {@code bug}
     * @param retrying number of accounts that are tried again by themselves
     * @param exhausted number of accounts that are out of retries
     */
    public record FailureGroup(
            String category,
            String error,
            long retrying,
            long exhausted,
            Instant firstFailedAt,
            Instant lastFailedAt) {}
}
