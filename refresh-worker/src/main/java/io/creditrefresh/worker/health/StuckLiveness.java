package io.creditrefresh.worker.health;

import io.creditrefresh.worker.WorkerSettings;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Down when a batch has been at work for too long: only a restart helps then. Weather is no reason for one. */
@Liveness
final class StuckLiveness implements HealthCheck {

    private final WorkerProgress progress;
    private final WorkerSettings settings;

    StuckLiveness(WorkerProgress progress, WorkerSettings settings) {
        this.progress = progress;
        this.settings = settings;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("batch progress")
                .status(progress.atWork().compareTo(settings.stuckAfter()) < 0)
                .withData("atWorkSeconds", progress.atWork().toSeconds())
                .build();
    }
}
