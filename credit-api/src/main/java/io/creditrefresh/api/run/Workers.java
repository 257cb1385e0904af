package io.creditrefresh.api.run;

import io.creditrefresh.ledger.run.WorkerState;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The workers that have told of themselves within a day, those that did so last first.
 *
 * @param data 200 at the most
 */
public record Workers(List<Worker> data) {

    /**
     * A worker process; numbers of jobs since its start.
     *
     * @param workerId host and process id
     * @param heartbeatAt when it told this, by the service's clock
     * @param alive it has told it within a minute of real time
     * @param breaker {@code closed}, {@code open} or {@code half_open}
     * @param paused it refreshes nobody at present
     * @param lastBatchAt when its newest batch was committed; null if there was none
     * @param batchSince when the batch that was under way had begun; null if there was none
     * @param jobs all that it has worked off, whatever became of them
     */
    public record Worker(
            String workerId,
            Instant startedAt,
            Instant heartbeatAt,
            boolean alive,
            String breaker,
            boolean paused,
            @Nullable Instant lastBatchAt,
            @Nullable Instant batchSince,
            long jobs,
            long refreshed,
            long failed) {}

    static Workers of(List<WorkerState> states, Predicate<Instant> isRecent) {
        return new Workers(states.stream().map(state -> worker(state, isRecent)).toList());
    }

    private static Worker worker(WorkerState state, Predicate<Instant> isRecent) {
        WorkerState.Progress progress = state.progress();
        return new Worker(
                state.workerId(),
                state.startedAt(),
                state.heartbeatAt(),
                isRecent.test(state.heartbeatAt()),
                state.breaker(),
                state.paused(),
                progress.lastBatchAt(),
                progress.batchSince(),
                progress.jobs(),
                progress.refreshed(),
                progress.failed());
    }
}
