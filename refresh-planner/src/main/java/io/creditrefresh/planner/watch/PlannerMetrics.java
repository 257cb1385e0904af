package io.creditrefresh.planner.watch;

import io.creditrefresh.ledger.command.Switches;
import io.creditrefresh.ledger.control.Subject;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/** The planner's metrics and all of their names. */
@Singleton
public class PlannerMetrics {

    public static final String EMITTED = "credit.refresh.emitted";
    public static final String TICK = "credit.refresh.tick";
    public static final String TICK_FAILURES = "credit.refresh.tick.failures";
    public static final String LAST_TICK = "credit.refresh.last.tick";
    public static final String ENABLED = "credit.refresh.enabled";
    public static final String DRY_RUN = "credit.refresh.dry.run";
    public static final String OLDEST_DUE_AGE = "credit.refresh.oldest.due.age";
    public static final String PENDING = "credit.refresh.pending";
    public static final String RETRYING = "credit.refresh.retrying";
    public static final String EXHAUSTED = "credit.refresh.exhausted";
    public static final String PAUSED = "credit.refresh.paused";
    public static final String UNACCOUNTED = "credit.refresh.unaccounted";
    public static final String CONSUMER_LAG = "credit.refresh.consumer.lag";

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500)
    };

    private final Counter due;
    private final Counter retries;
    private final Counter swept;
    private final Counter bulk;
    private final Timer tick;
    private final Counter tickFailures;
    private final InstantSource clock;
    private volatile double lastTickEpochSecond = Double.NaN;

    PlannerMetrics(MeterRegistry registry, InstantSource clock, RefreshSettings settings, Switches switches) {
        this.clock = clock;
        due = emitted(registry, Reason.DUE);
        retries = emitted(registry, Reason.RETRY);
        swept = emitted(registry, Reason.SWEEP);
        bulk = emitted(registry, Reason.BULK);
        tick = Timer.builder(TICK)
                .description("Ticks of the planner, failed ones too")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        tickFailures = Counter.builder(TICK_FAILURES)
                .description("Ticks that ended early because something was away or wrong")
                .register(registry);
        Gauge.builder(LAST_TICK, this, metrics -> metrics.lastTickEpochSecond)
                .description("When the last tick succeeded, epoch seconds of the service's clock")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder(ENABLED, settings, on -> on.enabled() ? 1 : 0)
                .description("1: refreshing is enabled")
                .register(registry);
        Gauge.builder(DRY_RUN, settings, on -> on.dryRun() ? 1 : 0)
                .description("1: the planner only counts")
                .register(registry);
        Gauge.builder(PAUSED, switches, on -> on.controls().isStopped(Subject.REFRESHING) ? 1 : 0)
                .description("1: an operator has paused refreshing")
                .register(registry);
    }

    /** Why a job is emitted. */
    public enum Reason {
        /** Its minute has come. */
        DUE,
        /** It failed, and its next attempt has come. */
        RETRY,
        /** It seems to be lost. */
        SWEEP,
        /** An admin has asked for it, among many. */
        BULK
    }

    /** Counts jobs that Kafka has acknowledged. */
    public void emitted(Reason reason, int jobs) {
        Counter counter =
                switch (reason) {
                    case DUE -> due;
                    case RETRY -> retries;
                    case SWEEP -> swept;
                    case BULK -> bulk;
                };
        counter.increment(jobs);
    }

    public void tickSucceeded(Duration elapsed) {
        tick.record(elapsed);
        lastTickEpochSecond = clock.instant().getEpochSecond();
    }

    public void tickFailed(Duration elapsed) {
        tick.record(elapsed);
        tickFailures.increment();
    }

    private static Counter emitted(MeterRegistry registry, Reason reason) {
        return Counter.builder(EMITTED)
                .description("Refresh jobs that Kafka has acknowledged")
                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
