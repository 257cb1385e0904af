package io.creditrefresh.planner.tick;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive: ticks begin, or a long one gets on. A database or Kafka that is away is no reason to be restarted. */
@Liveness
@ApplicationScoped
class PlannerLiveness implements HealthCheck {

    private static final int INTERVALS = 10;
    private static final Duration LONGEST_STEP = Duration.ofMinutes(5);

    private final TickInterval interval;
    private final LoopProgress progress;

    PlannerLiveness(TickInterval interval, LoopProgress progress) {
        this.interval = interval;
        this.progress = progress;
    }

    @Override
    public HealthCheckResponse call() {
        Duration limit = interval.real().multipliedBy(INTERVALS).plus(LONGEST_STEP);
        return HealthCheckResponse.named("planner-loop")
                .status(progress.idle().compareTo(limit) <= 0)
                .withData("secondsSinceProgress", progress.idle().toSeconds())
                .build();
    }
}
