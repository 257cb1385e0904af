package io.creditrefresh.api.override;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A change of a bonus.
 *
 * @param kind {@code credits}, {@code analysis} or {@code roast}; {@code credits} if it is left out
 * @param amount credits, 1 to 1,000,000,000 more or, negative, less
 * @param reason for the ledger and the audit
 * @param dryRun only tell what would be written
 */
public record AdjustRequest(
        @Nullable String kind,
        @Schema(required = true) @Nullable Long amount,
        @Nullable String reason,
        @Nullable Boolean dryRun) {}
