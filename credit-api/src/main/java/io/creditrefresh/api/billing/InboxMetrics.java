package io.creditrefresh.api.billing;

import io.creditrefresh.ledger.store.InboxStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Counts what is delivered and what becomes of it. */
@Singleton
class InboxMetrics {

    private static final Logger LOG = Logger.getLogger(InboxMetrics.class);

    private final MeterRegistry registry;
    private final DataSource database;
    private final InstantSource clock;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong exhausted = new AtomicLong();
    private final AtomicLong oldestPendingSeconds = new AtomicLong();

    InboxMetrics(MeterRegistry registry, DataSource database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.registry = registry;
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
        registry.counter("credit.webhook.deliveries", "provider", provider, "outcome", outcome)
                .increment();
    }

    /** An event was processed, ignored, laid aside, put off or given up. */
    void handled(String provider, String outcome) {
        registry.counter("credit.webhook.events", "provider", provider, "outcome", outcome)
                .increment();
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
