package io.creditrefresh.api.override;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Whose period is to begin anew.
 *
 * @param reason for the ledger and the audit
 * @param dryRun only tell what would be written
 */
public record ResetRequest(
        @Schema(required = true) @Nullable String userId,
        @Nullable String reason,
        @Nullable Boolean dryRun) {}
