package io.creditrefresh.worker.task;

/**
 * A user whose account could not be refreshed. It is tried again by itself.
 *
 * @param jobId account id and the end of the period that was to be refreshed, as {@code 17@2026-11-19T10:00:00Z}
 */
public record FailedUser(String userId, String jobId, String error) {}
