package io.creditrefresh.api.billing;

import io.creditrefresh.billing.Envelope;
import io.creditrefresh.ledger.command.BillingEvents;
import io.creditrefresh.ledger.store.InboxStore;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.jboss.logging.Logger;

/** Stores events, and has them applied: those stored here at once, all others within a second. */
@Singleton
public class Inbox {

    private static final Logger LOG = Logger.getLogger(Inbox.class);

    /** How long others leave an event alone that an instance has taken: it may have died with it. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final int AT_ONCE = 10;

    private final DataSource database;
    private final InstantSource clock;
    private final ManagedExecutor executor;
    private final EventHandler handler;
    private final BillingEvents events;
    private final AtomicBoolean isWanted = new AtomicBoolean();
    private final AtomicBoolean isRunning = new AtomicBoolean();

    Inbox(
            DataSource database,
            InstantSource clock,
            ManagedExecutor executor,
            EventHandler handler,
            BillingEvents events) {
        this.database = database;
        this.clock = clock;
        this.executor = executor;
        this.handler = handler;
        this.events = events;
    }

    /** Stores an event, and has it applied afterwards; false if it was stored before. */
    boolean store(String provider, Envelope envelope, byte[] body) throws SQLException {
        boolean isNew;
        try (Connection connection = database.getConnection()) {
            isNew = InboxStore.insertOnce(
                    connection,
                    provider,
                    envelope.id(),
                    envelope.type(),
                    envelope.occurredAt(),
                    new String(body, StandardCharsets.UTF_8),
                    clock.instant());
        }
        if (isNew) {
            workSoon();
        }
        return isNew;
    }

    /** Has what is due applied, without waiting for it. */
    void workSoon() {
        executor.execute(this::work);
    }

    /** Applies the events that have waited for a user, before it returns; how many there were. */
    public int applyWaiting(String userId) throws SQLException {
        List<InboxStore.Taken> waiting = events.takeWaiting(userId, LEASE);
        for (InboxStore.Taken event : waiting) {
            handler.handle(event);
        }
        return waiting.size();
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void work() {
        isWanted.set(true);
        if (!isRunning.compareAndSet(false, true)) {
            return;
        }
        try {
            while (isWanted.getAndSet(false)) {
                while (handleSome() > 0) {
                    // Until nothing is due any more.
                }
            }
        } catch (SQLException e) {
            LOG.warnf("Billing events wait for the database: %s", e.getMessage());
        } finally {
            isRunning.set(false);
        }
    }

    /** Whom an event waits for may have become known at the moment when it was laid aside. */
    @Scheduled(every = "30s", concurrentExecution = ConcurrentExecution.SKIP)
    void wakeAll() {
        try (Connection connection = database.getConnection()) {
            InboxStore.wake(connection, clock.instant());
        } catch (SQLException e) {
            LOG.warnf("Waiting billing events go on waiting: %s", e.getMessage());
        }
    }

    private int handleSome() throws SQLException {
        List<InboxStore.Taken> taken;
        try (Connection connection = database.getConnection()) {
            taken = InboxStore.take(connection, clock.instant(), LEASE, AT_ONCE);
        }
        for (InboxStore.Taken event : taken) {
            handler.handle(event);
        }
        return taken.size();
    }
}
