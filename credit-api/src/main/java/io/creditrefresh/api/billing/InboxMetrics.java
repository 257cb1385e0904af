package io.creditrefresh.api.billing;

import io.creditrefresh.ledger.store.InboxStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Counts what is delivered and what becomes of it. */
@Singleton
class InboxMetrics {

    private static final Logger LOG = Logger.getLogger(InboxMetrics.class);

    private static final String DELIVERIES = "credit.webhook.deliveries";
    private static final String EVENTS = "credit.webhook.events";

    private final MeterRegistry registry;
    private final DataSource database;
    private final InstantSource clock;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong exhausted = new AtomicLong();
    private final AtomicLong oldestPendingSeconds = new AtomicLong();

    InboxMetrics(MeterRegistry registry, DataSource database, InstantSource clock, EventSources sources) {
        this.database = database;
        this.clock = clock;
        this.registry = registry;
        for (String provider : sources.providers()) {
            // From the start, at 0: a rate does not see a counter's first step if that is how it appears.
            Stream.of("stored", "repeated", "refused").forEach(outcome -> counter(DELIVERIES, provider, outcome));
            Stream.of("processed", "ignored", "waiting", "failed", "retried", "exhausted")
                    .forEach(outcome -> counter(EVENTS, provider, outcome));
        }
        Gauge.builder("credit.webhook.waiting", waiting, AtomicLong::get)
                .description("Billing events that wait for their user to be provisioned")
                .register(registry);
        Gauge.builder("credit.webhook.exhausted", exhausted, AtomicLong::get)
                .description("Billing events that were given up; replay them")
                .register(registry);
        Gauge.builder("credit.webhook.oldest.pending.age", oldestPendingSeconds, AtomicLong::get)
                .description("How long ago the oldest billing event was received that is still to be processed")
                .baseUnit("seconds")
                .register(registry);
    }

    /** A delivery was stored, repeated or refused. */
    void delivered(String provider, String outcome) {
        counter(DELIVERIES, provider, outcome).increment();
    }

    /** An event was processed, ignored, laid aside, or given up; or an attempt at it failed, the first or a later one. */
    void handled(String provider, String outcome) {
        counter(EVENTS, provider, outcome).increment();
    }

    private Counter counter(String name, String provider, String outcome) {
        return registry.counter(name, "provider", provider, "outcome", outcome);
    }

    @Scheduled(every = "15s", concurrentExecution = ConcurrentExecution.SKIP)
    void count() {
        try (Connection connection = database.getConnection()) {
            InboxStore.Counts counts = InboxStore.counts(connection, clock.instant());
            waiting.set(counts.waiting());
            exhausted.set(counts.exhausted());
            oldestPendingSeconds.set(counts.oldestPendingSeconds());
        } catch (SQLException e) {
            LOG.warnf("Billing events are not counted: %s", e.getMessage());
        }
    }
}
