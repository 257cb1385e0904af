package io.creditrefresh.api.plan;

import io.creditrefresh.ledger.command.PlanAmounts;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.config.SmallRyeConfig;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Writes the amounts of the environment into the catalogue, once after each start; this service alone does. Until the
 * database has taken them the service is not ready: it would provision with other amounts.
 */
@Readiness
@Singleton
class TierWriter implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(TierWriter.class);

    private final PlanAmounts amounts;
    private final Map<String, Long> toWrite;

    TierWriter(PlanAmounts amounts, SmallRyeConfig config) {
        this.amounts = amounts;
        this.toWrite = new TreeMap<>(TierAmounts.read(config).byPlan());
    }

    @Scheduled(every = "2s", delayed = "0s", concurrentExecution = ConcurrentExecution.SKIP)
    synchronized void write() {
        try {
            for (Map.Entry<String, Long> tier : Map.copyOf(toWrite).entrySet()) {
                said(tier.getKey(), tier.getValue(), amounts.setFromEnvironment(tier.getKey(), tier.getValue()));
                toWrite.remove(tier.getKey());
            }
        } catch (SQLException e) {
            LOG.warnf("The plans' amounts of the environment are not written yet: %s", e.getMessage());
        }
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("plan amounts of the environment")
                .status(isWritten())
                .build();
    }

    private synchronized boolean isWritten() {
        return toWrite.isEmpty();
    }

    private static void said(String plan, long amount, PlanAmounts.Effect effect) {
        switch (effect) {
            case SET -> LOG.infof("Plan %s gives %d credits from now on (environment)", plan, amount);
            case UNCHANGED -> LOG.debugf("Plan %s gives %d credits already", plan, amount);
            case NO_SUCH_PLAN ->
                LOG.errorf(
                        "CREDITS_%s_TIER is set, and the catalogue has no plan %s: ignored",
                        plan.toUpperCase(Locale.ROOT), plan);
        }
    }
}
