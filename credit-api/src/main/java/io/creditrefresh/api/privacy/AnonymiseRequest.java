package io.creditrefresh.api.privacy;

import org.jspecify.annotations.Nullable;

/**
 * Takes away who a user is.
 *
 * @param reason for the ledger and the audit, which keep it for good: not whom it concerns
 * @param dryRun only tell what would be written
 */
public record AnonymiseRequest(
        @Nullable String reason, @Nullable Boolean dryRun) {}
