package io.creditrefresh.planner.watch;

import io.creditrefresh.ledger.command.Switches;
import io.creditrefresh.ledger.store.BacklogStore;
import io.creditrefresh.planner.jobs.ConsumerLag;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * What is left to do, counted in the background: every 15 s, and more rarely where counting takes long, so that it takes
 * no more than a twentieth of the time. What is unknown is NaN.
 */
@Singleton
public class BacklogGauges {

    private static final Logger LOG = Logger.getLogger(BacklogGauges.class);

    private static final Duration INTERVAL = Duration.ofSeconds(15);
    private static final int REST_PER_WORK = 19;

    private final DataSource database;
    private final ConsumerLag lag;
    private final InstantSource clock;
    private final Switches switches;
    private final Stopwatch sinceCounted = Stopwatch.started();
    private volatile Duration rest = Duration.ZERO;
    private volatile Counted counted = Counted.UNKNOWN;
    private volatile double lagJobs = Double.NaN;

    BacklogGauges(
            DataSource database, ConsumerLag lag, InstantSource clock, Switches switches, MeterRegistry registry) {
        this.database = database;
        this.lag = lag;
        this.clock = clock;
        this.switches = switches;
        gauge(PlannerMetrics.PENDING, "Accounts due or coming today, failed ones not among them", Counted::pending)
                .register(registry);
        gauge(PlannerMetrics.OLDEST_DUE_AGE, "How long the first of the due accounts waits", Counted::oldestDueAge)
                .baseUnit("seconds")
                .register(registry);
        gauge(PlannerMetrics.UNACCOUNTED, "Accounts passed a grace time ago: no refresh, no failure", Counted::lost)
                .register(registry);
        gauge(PlannerMetrics.RETRYING, "Accounts that failed and are tried again", Counted::retrying)
                .register(registry);
        gauge(PlannerMetrics.EXHAUSTED, "Accounts that failed and are out of retries", Counted::exhausted)
                .register(registry);
        Gauge.builder(PlannerMetrics.CONSUMER_LAG, this, gauges -> gauges.lagJobs)
                .description("Refresh jobs that wait in Kafka")
                .register(registry);
    }

    /** Numbers of accounts, and seconds by the service's clock. */
    private record Counted(double pending, double oldestDueAge, double lost, double retrying, double exhausted) {

        static final Counted UNKNOWN = new Counted(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    void start(@ObservesAsync HttpServerStart event, Scheduler scheduler) {
        scheduler
                .newJob("planner-gauges")
                .setInterval(INTERVAL.toString())
                .setConcurrentExecution(ConcurrentExecution.SKIP)
                .setTask(execution -> countUnlessResting())
                .schedule();
    }

    /** Counts everything anew. */
    public void count() {
        countLag();
        countBacklog();
    }

    private void countUnlessResting() {
        countLag();
        if (sinceCounted.elapsed().compareTo(rest) >= 0) {
            countBacklog();
        }
    }

    private void countLag() {
        lagJobs = lag.jobs().stream().mapToDouble(jobs -> jobs).findFirst().orElse(Double.NaN);
    }

    private void countBacklog() {
        Stopwatch stopwatch = Stopwatch.started();
        try (Connection connection = database.getConnection()) {
            counted = count(connection);
        } catch (SQLException e) {
            counted = Counted.UNKNOWN;
            LOG.debugf("The backlog is unknown: %s", e.getMessage());
        }
        rest = stopwatch.elapsed().multipliedBy(REST_PER_WORK);
        sinceCounted.restart();
    }

    private Counted count(Connection connection) throws SQLException {
        Instant now = clock.instant();
        BacklogStore.Backlog backlog = BacklogStore.count(connection, now, switches.refreshesByItself());
        BacklogStore.Failures failures = BacklogStore.failures(connection);
        double age = backlog.oldestDue()
                .map(oldest -> Duration.between(oldest, now).toSeconds())
                .orElse(0L);
        long pending = backlog.pending() + backlog.overdue();
        return new Counted(pending, age, backlog.unaccounted(), failures.retrying(), failures.exhausted());
    }

    private Gauge.Builder<BacklogGauges> gauge(String name, String description, ToDoubleFunction<Counted> value) {
        return Gauge.builder(name, this, gauges -> value.applyAsDouble(gauges.counted))
                .description(description);
    }
}
