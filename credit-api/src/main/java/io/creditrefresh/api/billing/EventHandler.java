package io.creditrefresh.api.billing;

import io.creditrefresh.api.write.MovementLog;
import io.creditrefresh.billing.UnreadableEventException;
import io.creditrefresh.billing.stripe.UnmappedPriceException;
import io.creditrefresh.edge.problem.Weather;
import io.creditrefresh.ledger.command.BillingEvents;
import io.creditrefresh.ledger.command.Outcome;
import io.creditrefresh.ledger.command.Result;
import io.creditrefresh.ledger.provider.BillingEvent;
import io.creditrefresh.ledger.store.EventOwnerStore;
import io.creditrefresh.ledger.store.InboxStore;
import io.creditrefresh.ledger.store.InboxStore.End;
import io.creditrefresh.ledger.store.InboxStore.Taken;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Applies one event that was taken out of the inbox, and says there what became of it. */
@Singleton
class EventHandler {

    /** With the waits between them, about two hours. */
    static final int ATTEMPTS_MAX = 12;

    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    private static final Duration WAIT_MAX = Duration.ofHours(1);

    // Lock timeout, deadlock, serialization failure.
    private static final Set<String> LOCKS = Set.of("55P03", "40P01", "40001");

    private static final Logger LOG = Logger.getLogger(EventHandler.class);

    private final EventSources sources;
    private final BillingEvents events;
    private final DataSource database;
    private final InstantSource clock;
    private final InboxMetrics metrics;

    EventHandler(
            EventSources sources,
            BillingEvents events,
            DataSource database,
            InstantSource clock,
            InboxMetrics metrics) {
        this.sources = sources;
        this.events = events;
        this.database = database;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Applies an event.
     *
     * @throws SQLException if the database is away; the event comes again when its lease is over
     */
    void handle(Taken taken) throws SQLException {
        try {
            apply(taken, read(taken));
        } catch (UnreadableEventException e) {
            giveUp(taken, e.getMessage());
        } catch (UnmappedPriceException | RefusedException e) {
            failed(taken, e.getMessage());
        } catch (SQLException e) {
            if (LOCKS.contains(String.valueOf(e.getSQLState()))) {
                // Somebody has locked this user's accounts: the others need not wait for that.
                failed(taken, "the user's accounts are locked");
            } else if (Weather.in(e).isPresent()) {
                throw e;
            } else {
                bug(taken, e);
            }
        } catch (RuntimeException e) {
            bug(taken, e);
        }
    }

    private BillingEvent read(Taken taken) {
        return sources.named(taken.provider())
                .orElseThrow(() -> new UnreadableEventException("no provider of this name is configured"))
                .reader()
                .apply(taken.payload().getBytes(StandardCharsets.UTF_8));
    }

    private void apply(Taken taken, BillingEvent event) throws SQLException {
        if (event.content() instanceof BillingEvent.NothingToDo nothing) {
            finish(taken, nothing.isHandled() ? End.PROCESSED : End.IGNORED, nothing.why());
            noteCustomer(taken, event);
            return;
        }
        Optional<String> userId = events.userOf(event);
        if (userId.isEmpty()) {
            layAside(taken, event);
            return;
        }
        Outcome<Result> outcome = events.apply(taken.id(), event, userId.get());
        MovementLog.log(outcome.orElseThrow(refusal -> new RefusedException(refusal.name())));
        metrics.handled(taken.provider(), "processed");
    }

    private void layAside(Taken taken, BillingEvent event) throws SQLException {
        BillingEvent.Customer customer = event.customer();
        if (customer.customerId() == null && customer.userId() == null) {
            if (event.content() instanceof BillingEvent.CustomerNamed) {
                finish(taken, End.PROCESSED, "it names no customer");
            } else {
                giveUp(taken, "it says of nobody whose it is");
            }
            return;
        }
        try (Connection connection = database.getConnection()) {
            InboxStore.await(connection, taken.id(), customer.customerId(), customer.userId());
        }
        metrics.handled(taken.provider(), "waiting");
    }

    private void finish(Taken taken, End end, String why) throws SQLException {
        try (Connection connection = database.getConnection()) {
            InboxStore.finish(connection, taken.id(), end, why, clock.instant());
        }
        metrics.handled(taken.provider(), end == End.IGNORED ? "ignored" : "processed");
    }

    private void noteCustomer(Taken taken, BillingEvent event) throws SQLException {
        String customerId = event.customer().customerId();
        if (customerId != null) {
            try (Connection connection = database.getConnection()) {
                EventOwnerStore.concernsCustomer(connection, taken.id(), customerId);
            }
        }
    }

    private void bug(Taken taken, Exception e) throws SQLException {
        LOG.errorf(e, "Billing event %s of %s cannot be applied", taken.eventId(), taken.provider());
        failed(taken, e.getClass().getSimpleName());
    }

    private void failed(Taken taken, @Nullable String error) throws SQLException {
        if (taken.attempts() >= ATTEMPTS_MAX) {
            giveUp(taken, error);
            return;
        }
        try (Connection connection = database.getConnection()) {
            InboxStore.retry(connection, taken.id(), clock.instant().plus(waitAfter(taken.attempts())), error);
        }
        metrics.handled(taken.provider(), taken.attempts() <= 1 ? "failed" : "retried");
        LOG.warnf(
                "Billing event %s of %s comes again after attempt %d: %s",
                taken.eventId(), taken.provider(), taken.attempts(), error);
    }

    private void giveUp(Taken taken, @Nullable String error) throws SQLException {
        try (Connection connection = database.getConnection()) {
            InboxStore.finish(connection, taken.id(), End.EXHAUSTED, error, clock.instant());
        }
        metrics.handled(taken.provider(), "exhausted");
        LOG.errorf(
                "Billing event %s of %s is given up, replay it once this is mended: %s",
                taken.eventId(), taken.provider(), error);
    }

    /** Doubles from 5 s up to an hour. */
    static Duration waitAfter(int attempts) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempts - 1, 12));
        return wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait;
    }

    /** The ledger refuses an event: its plan or kind is not in the catalogue. */
    private static final class RefusedException extends RuntimeException {
        RefusedException(String refusal) {
            super("refused: " + refusal);
        }
    }
}
