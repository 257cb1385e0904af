package io.creditrefresh.api.bulk;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which refreshes to take back.
 *
 * @param from when they were written, inclusive, cut to the second
 * @param to exclusive
 * @param userIds only these users', 1 to 20,000; everybody's, if there is none
 * @param dryRun only tell what would be written, for each refresh
 * @param reason for the ledger and the audit
 */
record RestoreRequest(
        @Schema(required = true) @Nullable Instant from,
        @Schema(required = true) @Nullable Instant to,
        @Nullable List<String> userIds,
        @Nullable Boolean dryRun,
        @Nullable String reason) {}
