package io.creditrefresh.worker.health;

import io.creditrefresh.ledger.run.WorkerState;
import io.creditrefresh.ledger.store.BatchStore;
import io.creditrefresh.worker.batch.Tally;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the worker has done and how long it has been at it, as metrics, for the health checks and the heartbeat. */
@Singleton
public class WorkerProgress {

    private final InstantSource clock;
    private final Timer batches;
    private final Counter refreshed;
    private final Counter already;
    private final Counter skipped;
    private final Counter failed;
    private final Set<UnderWay> underWay = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Instant lastBatchAt;
    private volatile long progressNanos = System.nanoTime();

    WorkerProgress(MeterRegistry metrics, InstantSource clock) {
        this.clock = clock;
        this.batches = Timer.builder("credit.refresh.batch")
                .description("One batch from its first statement to its commit")
                .serviceLevelObjectives(
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2_500))
                .register(metrics);
        this.refreshed = jobs(metrics, "refreshed");
        this.already = jobs(metrics, "already");
        this.skipped = jobs(metrics, "skipped");
        this.failed = jobs(metrics, "failed");
    }

    /** A batch that has begun and not ended; each is only itself. */
    static final class UnderWay {

        private final Instant since;

        private UnderWay(Instant since) {
            this.since = since;
        }
    }

    UnderWay begin() {
        UnderWay batch = new UnderWay(clock.instant());
        underWay.add(batch);
        return batch;
    }

    void end(UnderWay batch) {
        underWay.remove(batch);
    }

    /** Counts an applied batch. */
    void applied(Tally tally, long elapsedNanos) {
        BatchStore.Counts counts = tally.total();
        refreshed.increment(counts.refreshed());
        already.increment(counts.already());
        skipped.increment(counts.skipped());
        failed.increment(counts.failed());
        batches.record(elapsedNanos, TimeUnit.NANOSECONDS);
        lastBatchAt = clock.instant();
        progressNanos = System.nanoTime();
    }

    /** Real time since the newest batch, or since the start. */
    Duration sinceProgress() {
        return Duration.ofNanos(System.nanoTime() - progressNanos);
    }

    WorkerState.Progress now() {
        return new WorkerState.Progress(
                lastBatchAt,
                underWay.stream()
                        .map(batch -> batch.since)
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                (long) (refreshed.count() + already.count() + skipped.count() + failed.count()),
                (long) refreshed.count(),
                (long) failed.count());
    }

    private static Counter jobs(MeterRegistry metrics, String outcome) {
        return Counter.builder("credit.refresh.jobs")
                .description("Refresh jobs by what became of them")
                .tag("outcome", outcome)
                .register(metrics);
    }
}
