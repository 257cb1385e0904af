package io.creditrefresh.ledger.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a worker process has told of itself.
 *
 * @param workerId host and process id
 * @param heartbeatAt when it told this, by the service's clock, as are all instants here
 * @param breaker {@code closed}, {@code open} or {@code half_open}
 * @param paused it refreshes nobody at present
 */
public record WorkerState(
        String workerId, Instant startedAt, Instant heartbeatAt, String breaker, boolean paused, Progress progress) {

    /**
     * How far it has come; numbers of jobs since its start.
     *
     * @param lastBatchAt when its newest batch was committed; null if there was none
     * @param batchSince when the batch that is under way began; null between batches
     * @param jobs all that it has worked off, whatever became of them
     */
    public record Progress(
            @Nullable Instant lastBatchAt, @Nullable Instant batchSince, long jobs, long refreshed, long failed) {}
}
