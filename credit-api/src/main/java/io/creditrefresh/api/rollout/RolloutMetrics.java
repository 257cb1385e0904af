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
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Shows how far the two views of the rollout have come apart, today and yesterday together; 0 unless it is open. */
@Singleton
class RolloutMetrics {

    private static final Logger LOG = Logger.getLogger(RolloutMetrics.class);

    private final DataSource database;
    private final InstantSource clock;

    /** Null when it is not known. */
    private volatile @Nullable List<RolloutDay> newest = List.of();

    private @Nullable LocalDate comparedOn;
    private List<RolloutDay> theDayBefore = List.of();

    RolloutMetrics(MeterRegistry registry, DataSource database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        Gauge.builder("credit.v2.variance.ratio", this, RolloutMetrics::variance)
                .description("Credits in which the two views of the rollout of Credits v2 differ, as a part of what the"
                        + " other view was to give, today and yesterday; 0 to 1")
                .register(registry);
        Gauge.builder("credit.v2.unmirrored", this, RolloutMetrics::unmirrored)
                .description("What the other view was to give today and yesterday, and its allowances did not have")
                .baseUnit("credits")
                .register(registry);
    }

    /** Reads the entries of a day, so not as often as others. */
    @Scheduled(every = "60s", concurrentExecution = ConcurrentExecution.SKIP)
    void compare() {
        try (Connection connection = database.getConnection()) {
            newest = RolloutStore.read(connection).isOpen() ? newestDays(connection) : List.of();
        } catch (SQLException e) {
            newest = null;
            LOG.warnf("The views of the rollout are not compared: %s", e.getMessage());
        }
    }

    /** Day by day, so that each statement ends within the limit of the pool; a day that is over is read once. */
    private List<RolloutDay> newestDays(Connection connection) throws SQLException {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (!today.equals(comparedOn)) {
            theDayBefore = MirrorAudit.days(connection, today.minusDays(1), today);
            comparedOn = today;
        }
        List<RolloutDay> days = new ArrayList<>(theDayBefore);
        days.addAll(MirrorAudit.days(connection, today, today.plusDays(1)));
        return days;
    }

    /** Not a number when it could not be read: a 0 would say that all is well. */
    private double variance() {
        List<RolloutDay> days = newest;
        return days == null ? Double.NaN : RolloutDay.varianceOf(days);
    }

    private double unmirrored() {
        List<RolloutDay> days = newest;
        return days == null
                ? Double.NaN
                : days.stream()
                        .mapToLong(day ->
                                day.of(View.V1).unmirrored() + day.of(View.V2).unmirrored())
                        .sum();
    }
}
