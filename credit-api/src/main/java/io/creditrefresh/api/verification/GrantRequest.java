package io.creditrefresh.api.verification;

import org.jspecify.annotations.Nullable;

/**
 * Whom to grant what a finding says is owed.
 *
 * @param userId of the finding
 * @param dryRun only tell what would be written
 * @param reason for the ledger and the audit
 */
record GrantRequest(
        @Nullable String userId,
        @Nullable Boolean dryRun,
        @Nullable String reason) {}
