package io.creditrefresh.worker.health;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the circuit breaker is open: the database or Kafka is away. */
@Readiness
final class BreakerReadiness implements HealthCheck {

    private final WorkerStatus status;

    BreakerReadiness(WorkerStatus status) {
        this.status = status;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("circuit breaker")
                .status(!status.isBreakerOpen())
                .withData("state", status.breaker())
                .build();
    }
}
