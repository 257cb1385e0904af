package io.creditrefresh.api.billing;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which events are to be processed once more.
 *
 * @param since when the first of them was received
 * @param states that they are in now; {@code exhausted} if left out
 * @param reason for the audit
 */
public record ReplayRequest(
        @Schema(required = true) @Nullable Instant since,
        @Nullable List<String> states,
        @Nullable String reason) {}
