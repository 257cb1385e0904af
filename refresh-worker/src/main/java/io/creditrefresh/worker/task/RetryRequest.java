package io.creditrefresh.worker.task;

import org.jspecify.annotations.Nullable;

/**
 * How much to do.
 *
 * @param maxJobs how many accounts at most, 1 to 5,000; 10 if absent
 * @param processTime nothing is begun after so many ms, 1 to 300,000; 30,000 if absent
 */
public record RetryRequest(
        @Nullable Integer maxJobs, @Nullable Integer processTime) {

    static final RetryRequest EMPTY = new RetryRequest(null, null);

    private static final Bounds MAX_JOBS = new Bounds("maxJobs", 1, 5_000);
    private static final Bounds PROCESS_TIME = new Bounds("processTime", 1, 300_000);
    private static final int USUAL_JOBS = 10;
    private static final int USUAL_MS = 30_000;

    void check() {
        MAX_JOBS.check(maxJobs);
        PROCESS_TIME.check(processTime);
    }

    int jobs() {
        return maxJobs == null ? USUAL_JOBS : maxJobs;
    }

    int milliseconds() {
        return processTime == null ? USUAL_MS : processTime;
    }
}
