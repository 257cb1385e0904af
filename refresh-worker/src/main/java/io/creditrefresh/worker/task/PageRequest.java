package io.creditrefresh.worker.task;

import org.jspecify.annotations.Nullable;

/**
 * Which page to refresh.
 *
 * @param cursor of the page before; without it, the first page
 * @param batchSize how many accounts at most, 1 to 5,000; absent: as many as a batch of the pipeline has
 */
public record PageRequest(@Nullable String cursor, @Nullable Integer batchSize) {

    static final PageRequest EMPTY = new PageRequest(null, null);

    private static final Bounds BATCH_SIZE = new Bounds("batchSize", 1, 5_000);

    void check() {
        BATCH_SIZE.check(batchSize);
    }
}
