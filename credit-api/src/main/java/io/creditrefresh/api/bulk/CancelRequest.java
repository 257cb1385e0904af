package io.creditrefresh.api.bulk;

import org.jspecify.annotations.Nullable;

/**
 * Why a job is cancelled.
 *
 * @param reason for the audit
 */
record CancelRequest(@Nullable String reason) {

    /** Of a call without a body. */
    static final CancelRequest EMPTY = new CancelRequest(null);
}
