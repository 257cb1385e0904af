package io.creditrefresh.api.verification;

import io.creditrefresh.ledger.audit.FindingType;
import io.creditrefresh.ledger.store.VerificationStore.Cause;
import io.creditrefresh.ledger.store.VerificationStore.Run;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Has credits verified at the service's start and then from time to time, and shows what the newest one has found. */
@Singleton
class VerificationSchedule {

    private static final Logger LOG = Logger.getLogger(VerificationSchedule.class);

    /** Instances that are started one after the other verify once, as long as this, in the time of their clock. */
    private static final Duration START_COUNTS = Duration.ofMinutes(10);

    private final VerificationRunner runner;
    private final Duration every;
    private volatile boolean isKnown;
    private volatile @Nullable Run newest;
    private boolean started;

    VerificationSchedule(VerificationRunner runner, VerificationSettings settings, MeterRegistry metrics) {
        this.runner = runner;
        this.every = settings.every();
        for (FindingType type : FindingType.values()) {
            Gauge.builder("credit.verification.findings", this, schedule -> schedule.found(type))
                    .description("What the newest verification has found")
                    .tag("type", type.code())
                    .register(metrics);
        }
        Gauge.builder("credit.verification.last.run", this, VerificationSchedule::lastRunSeconds)
                .description("When the newest verification ended, by the service's clock")
                .baseUnit("seconds")
                .register(metrics);
        LOG.infof(
                "[CreditVerification] Scheduler started. Running every %d hours.",
                Math.max(1, settings.every().toHours()));
    }

    /** The first look is the service's start; a database that is away then is asked again with the next one. */
    @Scheduled(every = "60s", delayed = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        try {
            // First, since a verification may take minutes, and may fail.
            showNewest();
            runner.runUnlessYounger(
                    started || every.compareTo(START_COUNTS) < 0 ? every : START_COUNTS,
                    started ? Cause.SCHEDULE : Cause.START);
            started = true;
            showNewest();
        } catch (SQLException e) {
            LOG.warnf("[CreditVerification] Not verified, will try again: %s", e.getMessage());
        }
    }

    /** Brings the gauges up to date, whoever has run the newest one. */
    void showNewest() throws SQLException {
        newest = runner.newest().orElse(null);
        isKnown = true;
    }

    private double found(FindingType type) {
        return ofNewest(run -> run.counts().getOrDefault(type, 0L));
    }

    private double lastRunSeconds() {
        return ofNewest(run -> run.finishedAt().getEpochSecond());
    }

    /** 0 if there has been none; not a number until that is known: a 0 would say that all is well. */
    private double ofNewest(ToDoubleFunction<Run> number) {
        Run run = newest;
        if (run == null) {
            return isKnown ? 0 : Double.NaN;
        }
        return number.applyAsDouble(run);
    }
}
