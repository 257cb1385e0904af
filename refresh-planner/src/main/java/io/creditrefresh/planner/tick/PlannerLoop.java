package io.creditrefresh.planner.tick;

import io.creditrefresh.planner.jobs.NotAcknowledgedException;
import io.creditrefresh.planner.watch.PlannerMetrics;
import io.creditrefresh.planner.watch.Stopwatch;
import io.creditrefresh.planner.watch.Trouble;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Repeats the tick. Whatever goes wrong in one, the next one tries again. */
@Singleton
public class PlannerLoop {

    private static final Logger LOG = Logger.getLogger(PlannerLoop.class);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);

    private final PlannerTick tick;
    private final LoopProgress progress;
    private final PlannerMetrics metrics;
    private final Trouble trouble;
    private final TickInterval interval;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile @Nullable Thread ticking;

    PlannerLoop(
            PlannerTick tick, LoopProgress progress, PlannerMetrics metrics, Trouble trouble, TickInterval interval) {
        this.tick = tick;
        this.progress = progress;
        this.metrics = metrics;
        this.trouble = trouble;
        this.interval = interval;
    }

    /**
     * Makes the loop, and all that it needs, before the service counts as started: what cannot be made then fails the
     * start, where an observer that is called later would only be logged.
     */
    void prepare(@Observes StartupEvent event) {
        progress.made();
    }

    /** Begins when the port is bound: a process that cannot have its port must not emit anything. */
    void start(@ObservesAsync HttpServerStart event, Scheduler scheduler) {
        progress.made();
        scheduler
                .newJob("planner-tick")
                .setInterval(interval.real().toString())
                .setConcurrentExecution(ConcurrentExecution.SKIP)
                .setTask(execution -> runAll())
                .schedule();
    }

    /** Lets a tick that is under way end after its page; one that waits for Kafka is interrupted. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        progress.stop();
        if (endsWithin(STOP_PATIENCE)) {
            return;
        }
        Thread thread = ticking;
        if (thread != null) {
            thread.interrupt();
            endsWithin(STOP_PATIENCE);
        }
    }

    /** One tick. Throws nothing: trouble is logged once, counted, shown by readiness, and named by the report. */
    public TickReport runOnce() {
        oneAtATime.lock();
        return runLocked();
    }

    /**
     * Ticks until nothing is left to do, a tick fails, or a time has passed.
     *
     * @param patience how long to wait for a tick that is under way, and how long to go on; real time
     * @return empty when the other tick has taken too long
     */
    public Optional<TickReport> runNow(Duration patience) throws InterruptedException {
        if (!oneAtATime.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        Stopwatch stopwatch = Stopwatch.started();
        TickReport report = runLocked();
        while (report.more() && !progress.isStopping() && stopwatch.elapsed().compareTo(patience) < 0) {
            if (!oneAtATime.tryLock(patience.minus(stopwatch.elapsed()).toMillis(), TimeUnit.MILLISECONDS)) {
                break;
            }
            report = report.then(runLocked());
        }
        return Optional.of(report);
    }

    private TickReport runLocked() {
        Stopwatch stopwatch = Stopwatch.started();
        try {
            ticking = Thread.currentThread();
            progress.made();
            TickReport report = tick.run();
            trouble.over();
            metrics.tickSucceeded(stopwatch.elapsed());
            if (report.emitted() > 0) {
                LOG.infof(
                        "[CreditRefresh] Emitted %d due, %d retried, %d swept and %d bulk jobs in %d ms",
                        report.due(),
                        report.retries(),
                        report.swept(),
                        report.bulk(),
                        stopwatch.elapsed().toMillis());
            }
            return report;
        } catch (NotAcknowledgedException e) {
            return failed(TickReport.Failure.KAFKA, e, stopwatch);
        } catch (SQLException e) {
            return failed(TickReport.Failure.DATABASE, e, stopwatch);
        } catch (RuntimeException e) {
            trouble.unexpected(e);
            metrics.tickFailed(stopwatch.elapsed());
            return TickReport.failed(TickReport.Failure.BUG);
        } finally {
            ticking = null;
            // An interrupt was meant for this tick, not for what the pool's thread does next.
            Thread.interrupted();
            oneAtATime.unlock();
        }
    }

    private void runAll() {
        boolean more = true;
        while (more && !progress.isStopping()) {
            more = runOnce().more();
        }
    }

    private TickReport failed(TickReport.Failure failure, Exception e, Stopwatch stopwatch) {
        // A tick that was cut short by the service's own end is no trouble.
        if (!progress.isStopping()) {
            trouble.report(failure.label(), e);
            metrics.tickFailed(stopwatch.elapsed());
        }
        return TickReport.failed(failure);
    }

    private boolean endsWithin(Duration limit) throws InterruptedException {
        if (!oneAtATime.tryLock(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        oneAtATime.unlock();
        return true;
    }
}
