package io.creditrefresh.api.override;

import org.jspecify.annotations.Nullable;

/**
 * Something that is done by hand.
 *
 * @param reason for the ledger and the audit
 * @param dryRun only tell what would be written
 */
public record OverrideRequest(
        @Nullable String reason, @Nullable Boolean dryRun) {

    /** Of a call without a body. */
    static final OverrideRequest EMPTY = new OverrideRequest(null, null);
}
