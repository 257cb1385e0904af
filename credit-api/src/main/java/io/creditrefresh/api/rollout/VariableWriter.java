package io.creditrefresh.api.rollout;

import io.creditrefresh.ledger.command.Rollouts;
import io.creditrefresh.ledger.rollout.Rollout;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Writes {@code ENABLE_CREDITS_V2} into the rollout, once after each start; this service alone does, and all of them go by
 * what stands there. Until the database has taken it the service is not ready: it would spend from the wrong accounts.
 */
@Readiness
@Singleton
class VariableWriter implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(VariableWriter.class);

    private final Rollouts rollouts;
    private final Optional<Boolean> variable;
    private volatile boolean isWritten;

    VariableWriter(Rollouts rollouts, RolloutSettings settings) {
        this.rollouts = rollouts;
        this.variable = settings.v2();
    }

    @Scheduled(every = "2s", delayed = "0s", concurrentExecution = ConcurrentExecution.SKIP)
    void write() {
        try {
            if (isWritten && !isUndone()) {
                return;
            }
            if (rollouts.setFromEnvironment(variable.orElse(null))) {
                LOG.infof(
                        "ENABLE_CREDITS_V2 is %s from now on",
                        variable.map(String::valueOf).orElse("not set"));
            }
            isWritten = true;
            warnOfPlans();
        } catch (SQLException e) {
            LOG.warnf("ENABLE_CREDITS_V2 is not written yet: %s", e.getMessage());
        }
    }

    private void warnOfPlans() throws SQLException {
        Rollout rollout = rollouts.read();
        if (variable.equals(Optional.of(true)) && rollout.letsSomebodyIn() && rollout.openedAt() == null) {
            LOG.warn(
                    "ENABLE_CREDITS_V2 is true, but nobody is in Credits v2: not every plan has an amount of analysis and"
                            + " roast. Set them, then start again.");
        }
    }

    /** An instance that is still configured otherwise may start late; what switches everything off must outlast that. */
    private boolean isUndone() throws SQLException {
        return variable.equals(Optional.of(false))
                && !Boolean.FALSE.equals(rollouts.read().variable());
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("rollout variable of the environment")
                .status(isWritten)
                .build();
    }
}
