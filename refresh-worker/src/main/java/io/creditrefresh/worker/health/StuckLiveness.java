package io.creditrefresh.worker.health;

import io.creditrefresh.worker.WorkerSettings;
import io.creditrefresh.worker.trouble.WeatherShelter;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Down when one attempt at a batch has been at work for too long: only a restart helps then. Weather is no reason for one. */
@Liveness
final class StuckLiveness implements HealthCheck {

    private final WeatherShelter shelter;
    private final WorkerSettings settings;

    StuckLiveness(WeatherShelter shelter, WorkerSettings settings) {
        this.shelter = shelter;
        this.settings = settings;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("batch progress")
                .status(shelter.atWork().compareTo(settings.stuckAfter()) < 0)
                .withData("atWorkSeconds", shelter.atWork().toSeconds())
                .build();
    }
}
