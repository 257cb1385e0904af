package io.creditrefresh.worker.health;

import io.creditrefresh.ledger.store.BatchStore;
import io.creditrefresh.worker.batch.Tally;
import io.creditrefresh.worker.trouble.WeatherShelter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What the worker has done and how long it has been at it, as metrics and for the health checks. */
@Singleton
public class WorkerProgress {

    private final Timer batches;
    private final Counter refreshed;
    private final Counter already;
    private final Counter skipped;
    private final Counter failed;

    WorkerProgress(MeterRegistry metrics, WeatherShelter shelter) {
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
        Gauge.builder("credit.refresh.breaker.open", shelter, s -> s.isOpen() ? 1 : 0)
                .description("1 while the circuit breaker is open or half-open")
                .register(metrics);
        Gauge.builder("credit.refresh.batch.age", shelter, s -> s.atWork().toMillis() / 1_000.0)
                .baseUnit("seconds")
                .description("How long the batch under way has been at work; 0 when idle or waiting for weather")
                .register(metrics);
    }

    /** Counts an applied batch. */
    public void applied(Tally tally, long elapsedNanos) {
        BatchStore.Counts counts = tally.total();
        refreshed.increment(counts.refreshed());
        already.increment(counts.already());
        skipped.increment(counts.skipped());
        failed.increment(counts.failed());
        batches.record(elapsedNanos, TimeUnit.NANOSECONDS);
    }

    private static Counter jobs(MeterRegistry metrics, String outcome) {
        return Counter.builder("credit.refresh.jobs")
                .description("Refresh jobs by what became of them")
                .tag("outcome", outcome)
                .register(metrics);
    }
}
