package io.creditrefresh.api.subscription;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A change of plan.
 *
 * @param plan code of a plan of the catalogue
 * @param reason for the ledger and the audit
 * @param dryRun only tell what would be written
 */
public record ChangePlanRequest(
        @Schema(required = true) @Nullable String plan,
        @Nullable String reason,
        @Nullable Boolean dryRun) {

    boolean isDryRun() {
        return Boolean.TRUE.equals(dryRun);
    }
}
