package io.creditrefresh.planner.events;

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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Repeats the relay every second, in a thread of its own: however Kafka is, refreshing goes on, and events wait in the
 * database. It looks also while events are switched off, for those that were noted before.
 */
@Singleton
public class EventLoop {

    private static final Logger LOG = Logger.getLogger(EventLoop.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration COUNT_INTERVAL = Duration.ofSeconds(15);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(3);

    private final EventRelay relay;
    private final EventMetrics metrics;
    private final Backoff backoff = new Backoff();
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile boolean stopping;
    private volatile @Nullable Thread sending;

    EventLoop(EventRelay relay, EventMetrics metrics) {
        this.relay = relay;
        this.metrics = metrics;
    }

    /** Has the loop, and all that it needs, made before the service counts as started. */
    void prepare(@Observes StartupEvent event) {
        stopping = false;
    }

    void start(@ObservesAsync HttpServerStart event, Scheduler scheduler) {
        scheduler
                .newJob("credit-events")
                .setInterval(INTERVAL.toString())
                .setConcurrentExecution(ConcurrentExecution.SKIP)
                .setTask(execution -> runAll())
                .schedule();
        scheduler
                .newJob("credit-events-gauges")
                .setInterval(COUNT_INTERVAL.toString())
                .setConcurrentExecution(ConcurrentExecution.SKIP)
                .setTask(execution -> metrics.count())
                .schedule();
    }

    /** Lets a batch that is under way end; one that waits for Kafka is interrupted, and sent again by the next planner. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        if (!endsWithin(STOP_PATIENCE)) {
            Thread thread = sending;
            if (thread != null) {
                thread.interrupt();
                endsWithin(STOP_PATIENCE);
            }
        }
    }

    /** One batch. Throws nothing: trouble is said, counted, and left alone for a while. Returns whether more may wait. */
    public boolean runOnce() {
        oneAtATime.lock();
        try {
            sending = Thread.currentThread();
            boolean more = relay.runOnce() == EventRelay.BATCH;
            if (backoff.succeeded()) {
                LOG.info("[CreditRefresh] Events are sent again");
            }
            return more;
        } catch (UndeliveredException e) {
            return failed("Kafka", e);
        } catch (SQLException e) {
            return failed("Database", e);
        } catch (RuntimeException e) {
            LOG.error("[CreditRefresh] Sending events failed unexpectedly", e);
            return failed("Unexpected", e);
        } finally {
            sending = null;
            // An interrupt was meant for this batch, not for what the pool's thread does next.
            Thread.interrupted();
            oneAtATime.unlock();
        }
    }

    private void runAll() {
        boolean more = backoff.isOver();
        while (more && !stopping) {
            more = runOnce();
        }
    }

    private boolean failed(String who, Exception e) {
        // What was cut short by the service's own end is no trouble.
        if (!stopping) {
            metrics.failed();
            LOG.warnf(
                    "[CreditRefresh] Events wait, next attempt in %d s. %s: %s",
                    backoff.failed().toSeconds(),
                    who,
                    String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " "));
        }
        return false;
    }

    private boolean endsWithin(Duration limit) throws InterruptedException {
        if (!oneAtATime.tryLock(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        oneAtATime.unlock();
        return true;
    }
}
