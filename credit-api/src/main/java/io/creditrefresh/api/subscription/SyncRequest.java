package io.creditrefresh.api.subscription;

import org.jspecify.annotations.Nullable;

/**
 * Whose credits are to be synced; nothing at all is the user's own.
 *
 * @param userId a user may leave it out
 */
public record SyncRequest(@Nullable String userId) {

    /** Of a call without a body. */
    static final SyncRequest EMPTY = new SyncRequest(null);
}
