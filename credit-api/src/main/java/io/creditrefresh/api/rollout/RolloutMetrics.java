package io.creditrefresh.api.rollout;

import io.creditrefresh.ledger.audit.MirrorAudit;
import io.creditrefresh.ledger.rollout.RolloutDay;
import io.creditrefresh.ledger.rollout.View;
import io.creditrefresh.ledger.store.RolloutStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Shows how far the two views of the rollout have come apart, today and yesterday together; 0 unless it is open. */
@Singleton
class RolloutMetrics {

    private static final Logger LOG = Logger.getLogger(RolloutMetrics.class);

    private final DataSource database;
    private final InstantSource clock;
    private volatile List<RolloutDay> newest = List.of();

    RolloutMetrics(MeterRegistry registry, DataSource database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        Gauge.builder("credit.v2.variance.ratio", this, metrics -> RolloutDay.varianceOf(metrics.newest))
                .description("Credits in which the two views of the rollout of Credits v2 differ, as a part of what the"
                        + " other view was to give, today and yesterday; 0 to 1")
                .register(registry);
        Gauge.builder("credit.v2.unmirrored", this, metrics -> unmirrored(metrics.newest))
                .description("What the other view was to give today and yesterday, and its allowances did not have")
                .baseUnit("credits")
                .register(registry);
    }

    /** Reads two days of entries, so not as often as others. */
    @Scheduled(every = "60s", concurrentExecution = ConcurrentExecution.SKIP)
    void compare() {
        try (Connection connection = database.getConnection()) {
            LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
            newest = RolloutStore.read(connection).isOpen()
                    ? MirrorAudit.days(connection, today.minusDays(1), today.plusDays(1))
                    : List.of();
        } catch (SQLException e) {
            LOG.warnf("The views of the rollout are not compared: %s", e.getMessage());
        }
    }

    private static double unmirrored(List<RolloutDay> days) {
        return days.stream()
                .mapToLong(day -> day.of(View.V1).unmirrored() + day.of(View.V2).unmirrored())
                .sum();
    }
}
