package io.creditrefresh.ledger.bulk;

import io.creditrefresh.ledger.movement.Cause;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work on many accounts.
 *
 * @param wish what was asked for, as {@link BulkWish#asMap} without the users: a JSON object
 * @param users how many users it named; null if it named none
 * @param unknownUsers ids that were asked for and that no user had
 * @param cause who asked for it, and why
 * @param finishedAt null until it is over
 */
public record BulkJob(
        long id,
        BulkWork work,
        BulkState state,
        boolean dryRun,
        String wish,
        @Nullable Integer users,
        List<String> unknownUsers,
        Cause cause,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    /** Under which an account takes a refresh by this job once. */
    public String idempotencyKey() {
        return "bulk:" + id;
    }
}
