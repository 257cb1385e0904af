package io.creditrefresh.worker.health;

import io.creditrefresh.ledger.run.WorkerState;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Always ready; tells whether the worker is paused and how far it has come. */
@Readiness
final class RefreshingReadiness implements HealthCheck {

    private final WorkerStatus status;
    private final WorkerProgress progress;

    RefreshingReadiness(WorkerStatus status, WorkerProgress progress) {
        this.status = status;
        this.progress = progress;
    }

    @Override
    public HealthCheckResponse call() {
        WorkerState.Progress now = progress.now();
        var answer = HealthCheckResponse.named("refreshing")
                .up()
                .withData("paused", status.isPaused())
                .withData("jobs", now.jobs())
                .withData("refreshed", now.refreshed())
                .withData("failed", now.failed())
                .withData("secondsSinceProgress", status.sinceProgress().toSeconds());
        if (now.lastBatchAt() != null) {
            answer.withData("lastBatchAt", now.lastBatchAt().toString());
        }
        return answer.build();
    }
}
