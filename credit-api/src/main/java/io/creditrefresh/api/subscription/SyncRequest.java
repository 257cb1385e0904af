package io.creditrefresh.api.subscription;

import org.jspecify.annotations.Nullable;

/**
 * Whose credits are to be synced.
 *
 * @param userId a user may leave it out
 */
public record SyncRequest(@Nullable String userId) {}
