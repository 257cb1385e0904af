package io.creditrefresh.api.bulk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom to refresh by hand: either a list, or a filter.
 *
 * @param userIds 1 to 20,000 users
 * @param filter all accounts that meet it; an empty one is met by all
 * @param dryRun only tell what would be written, for each account
 * @param reason for the ledger and the audit
 */
record BulkRefreshRequest(
        @Nullable List<String> userIds,
        @Nullable BulkFilter filter,
        @Nullable Boolean dryRun,
        @Nullable String reason) {

    /**
     * Which accounts; those that meet all that is set.
     *
     * @param plan of the user
     * @param billingState active, past_due or cancelled
     * @param restoredBy a job that has taken refreshes back: those whose refresh it has taken
     */
    record BulkFilter(
            @Nullable String plan,
            @Nullable String billingState,
            @Nullable Long restoredBy) {}
}
