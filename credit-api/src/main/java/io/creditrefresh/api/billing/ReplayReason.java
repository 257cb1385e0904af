package io.creditrefresh.api.billing;

import org.jspecify.annotations.Nullable;

/**
 * Why an event is to be processed once more.
 *
 * @param reason for the audit
 */
public record ReplayReason(@Nullable String reason) {

    static final ReplayReason NONE = new ReplayReason(null);
}
