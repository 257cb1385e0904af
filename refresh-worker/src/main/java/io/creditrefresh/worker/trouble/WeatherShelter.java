package io.creditrefresh.worker.trouble;

import io.creditrefresh.worker.WorkerSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.reactive.messaging.ChannelRegistry;
import io.smallrye.reactive.messaging.PausableChannel;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

/**
 * Runs a piece of work until it succeeds or the worker stops. Weather is waited out: retries after 1, 2 and 4 s with
 * jitter; after five failures in a row the circuit breaker opens for a minute and the channel is paused; then one try
 * decides whether it closes.
 */
@Singleton
public class WeatherShelter {

    /** The channel that carries the refresh jobs. */
    public static final String CHANNEL = "refresh-jobs";

    private static final Logger LOG = Logger.getLogger(WeatherShelter.class);
    private static final int FAILURES_IN_A_ROW = 5;
    private static final int RETRIES = 3;
    private static final long NEVER = 0;

    private final ChannelRegistry channels;
    private final Duration backoff;
    private final Duration breakerDelay;
    private final TypedGuard<Boolean> guard;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile CircuitBreakerState breaker = CircuitBreakerState.CLOSED;
    private volatile long attemptSince = NEVER;

    WeatherShelter(ChannelRegistry channels, WorkerSettings settings) {
        this.channels = channels;
        this.backoff = settings.backoff();
        this.breakerDelay = settings.breakerDelay();
        this.guard = TypedGuard.create(Boolean.class)
                .withCircuitBreaker()
                .failOn(WeatherException.class)
                .requestVolumeThreshold(FAILURES_IN_A_ROW)
                .failureRatio(1)
                .delay(breakerDelay.toMillis(), ChronoUnit.MILLIS)
                .successThreshold(1)
                .onStateChange(this::breakerChanged)
                .done()
                .withRetry()
                .maxRetries(RETRIES)
                .retryOn(WeatherException.class)
                .abortOn(CircuitBreakerOpenException.class)
                .delay(backoff.toMillis(), ChronoUnit.MILLIS)
                .jitter(backoff.toMillis() / 4, ChronoUnit.MILLIS)
                // Bounded by the number of retries; the default of three minutes could cut the last one off.
                .maxDuration(0, ChronoUnit.MILLIS)
                .withExponentialBackoff()
                .factor(2)
                .done()
                .beforeRetry(this::logged)
                .done()
                .build();
    }

    /**
     * Runs {@code work} until it succeeds.
     *
     * @return false if the worker is stopping and it has not succeeded: then nothing may be acknowledged
     */
    public boolean runUntilDone(Callable<Boolean> work) {
        while (!isStopping()) {
            try {
                return guard.call(() -> isStopping() ? Boolean.FALSE : attempt(work));
            } catch (CircuitBreakerOpenException e) {
                pause(breakerDelay.dividedBy(20));
            } catch (WeatherException e) {
                logged(e);
                pause(backoff.multipliedBy(4));
            } catch (Exception e) {
                // A bug. Thrown on, it would end the channel, and with it all refreshing of this worker.
                LOG.error("[CreditRefresh] Error refreshing credits, will try again", e);
                pause(backoff.multipliedBy(4));
            }
        }
        return false;
    }

    public boolean isOpen() {
        return breaker != CircuitBreakerState.CLOSED;
    }

    /** {@code closed}, {@code open} or {@code half_open}. */
    public String breaker() {
        return breaker.name().toLowerCase(Locale.ROOT);
    }

    /** How long the attempt under way has been at work; zero between attempts, however long the weather lasts. */
    public Duration atWork() {
        long since = attemptSince;
        return since == NEVER ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    /** A part of the attempt under way is done: the time that it has been at work counts from now. */
    public void progressed() {
        attemptSince = System.nanoTime();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    private Boolean attempt(Callable<Boolean> work) throws Exception {
        attemptSince = System.nanoTime();
        try {
            return work.call();
        } finally {
            attemptSince = NEVER;
        }
    }

    /** Once true, nothing new is begun. */
    public boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void breakerChanged(CircuitBreakerState state) {
        breaker = state;
        PausableChannel channel = channels.getPausable(CHANNEL);
        if (state == CircuitBreakerState.OPEN) {
            LOG.warnf("[CreditRefresh] Circuit breaker opened for %s: database or Kafka is away", breakerDelay);
            if (channel != null) {
                channel.pause();
            }
        } else if (state == CircuitBreakerState.CLOSED) {
            LOG.info("[CreditRefresh] Circuit breaker closed");
            if (channel != null) {
                channel.resume();
            }
        }
    }

    private void logged(Throwable error) {
        Throwable cause = error.getCause() == null ? error : error.getCause();
        LOG.warnf("[CreditRefresh] Error refreshing credits, will try again: %s", cause.getMessage());
    }

    private void pause(Duration duration) {
        try {
            if (stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.info("[CreditRefresh] Stopping; the batch stays unacknowledged");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }
}
