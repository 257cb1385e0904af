package io.creditrefresh.api.failure;

import org.jspecify.annotations.Nullable;

/**
 * Why an account is to be tried again.
 *
 * @param reason for the audit
 */
public record RedriveReason(@Nullable String reason) {

    static final RedriveReason NONE = new RedriveReason(null);
}
