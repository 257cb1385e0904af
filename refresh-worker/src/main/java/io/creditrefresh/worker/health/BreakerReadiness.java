package io.creditrefresh.worker.health;

import io.creditrefresh.worker.trouble.WeatherShelter;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while the circuit breaker is open: the database or Kafka is away. */
@Readiness
final class BreakerReadiness implements HealthCheck {

    private final WeatherShelter shelter;

    BreakerReadiness(WeatherShelter shelter) {
        this.shelter = shelter;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("circuit breaker")
                .status(!shelter.isOpen())
                .build();
    }
}
