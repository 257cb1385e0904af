package io.creditrefresh.api.control;

import org.jspecify.annotations.Nullable;

/**
 * Why something is stopped, or goes on.
 *
 * @param note shown to everybody who asks what is stopped, and kept in the audit
 * @param reason the same under the name that other writes have for it; one of the two
 */
record NoteRequest(@Nullable String note, @Nullable String reason) {

    /** Of a call without a body. */
    static final NoteRequest EMPTY = new NoteRequest(null, null);
}
