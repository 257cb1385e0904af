package io.creditrefresh.worker.health;

import io.creditrefresh.ledger.run.WorkerState;
import io.creditrefresh.worker.RefreshSwitch;
import io.creditrefresh.worker.trouble.WeatherShelter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** How this worker is at the moment: breaker, pause and progress, the same for metrics, health and heartbeat. */
@Startup
@Singleton
class WorkerStatus {

    private static final String SECONDS = "seconds";

    private final WeatherShelter shelter;
    private final RefreshSwitch refreshing;
    private final WorkerProgress progress;
    private final InstantSource clock;
    private final Instant startedAt;

    WorkerStatus(
            WeatherShelter shelter,
            RefreshSwitch refreshing,
            WorkerProgress progress,
            InstantSource clock,
            MeterRegistry metrics) {
        this.shelter = shelter;
        this.refreshing = refreshing;
        this.progress = progress;
        this.clock = clock;
        this.startedAt = clock.instant();
        register(metrics);
    }

    String breaker() {
        return shelter.breaker();
    }

    boolean isBreakerOpen() {
        return shelter.isOpen();
    }

    boolean isPaused() {
        return !refreshing.refreshesByItself();
    }

    Duration sinceProgress() {
        return progress.sinceProgress();
    }

    /** All of it, as it is told to others. */
    WorkerState told(String workerId) {
        return new WorkerState(workerId, startedAt, clock.instant(), breaker(), isPaused(), progress.now());
    }

    private void register(MeterRegistry metrics) {
        Gauge.builder("credit.refresh.breaker.open", this, status -> status.isBreakerOpen() ? 1 : 0)
                .description("1 while the circuit breaker is open or half-open")
                .register(metrics);
        Gauge.builder("credit.refresh.paused", this, status -> status.isPaused() ? 1 : 0)
                .description("1 while the worker refreshes nobody because it is switched off")
                .register(metrics);
        Gauge.builder("credit.refresh.progress.age", this, status -> seconds(status.sinceProgress()))
                .baseUnit(SECONDS)
                .description("Real time since the newest batch, or since the start")
                .register(metrics);
        Gauge.builder("credit.refresh.batch.age", shelter, s -> seconds(s.atWork()))
                .baseUnit(SECONDS)
                .description("How long the batch under way has been at work; 0 when idle or waiting for weather")
                .register(metrics);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
