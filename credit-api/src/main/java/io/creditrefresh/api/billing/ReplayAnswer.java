package io.creditrefresh.api.billing;

/**
 * Events that are processed once more, now.
 *
 * @param replayed how many
 */
public record ReplayAnswer(int replayed) {}
