package io.creditrefresh.planner.events;

import io.creditrefresh.ledger.message.CreditEvent;
import io.creditrefresh.ledger.message.CreditEventType;
import io.creditrefresh.ledger.store.EventStore;
import io.creditrefresh.ledger.store.EventSwitch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** What is known of the events, and all names of their metrics. What is unknown is NaN. */
@Singleton
public class EventMetrics {

    public static final String PUBLISHED = "credit.events.published";
    public static final String FAILURES = "credit.events.failures";
    public static final String ENABLED = "credit.events.enabled";
    public static final String WAITING = "credit.events.waiting";
    public static final String OLDEST_AGE = "credit.events.oldest.age";

    private static final Logger LOG = Logger.getLogger(EventMetrics.class);

    private final DataSource database;
    private final InstantSource clock;
    private final Map<CreditEventType, Counter> published = new EnumMap<>(CreditEventType.class);
    private final Counter failures;
    private volatile Counted counted = Counted.UNKNOWN;

    EventMetrics(DataSource database, InstantSource clock, MeterRegistry registry) {
        this.database = database;
        this.clock = clock;
        for (CreditEventType type : CreditEventType.values()) {
            published.put(
                    type,
                    Counter.builder(PUBLISHED)
                            .description("Events that Kafka has acknowledged")
                            .tag("type", type.code())
                            .register(registry));
        }
        failures = Counter.builder(FAILURES)
                .description("Attempts to send events that ended early because something was away or wrong")
                .register(registry);
        gauge(ENABLED, "1: ledger entries write events", Counted::enabled).register(registry);
        gauge(WAITING, "Events that wait to be sent, counted to a million", Counted::waiting)
                .register(registry);
        gauge(OLDEST_AGE, "How long the first of them has waited", Counted::oldestAge)
                .baseUnit("seconds")
                .register(registry);
    }

    private record Counted(double enabled, double waiting, double oldestAge) {

        static final Counted UNKNOWN = new Counted(Double.NaN, Double.NaN, Double.NaN);
    }

    void published(List<CreditEvent> events) {
        for (CreditEvent event : events) {
            Counter counter = published.get(event.type());
            if (counter != null) {
                counter.increment();
            }
        }
    }

    void failed() {
        failures.increment();
    }

    /** Counts anew what waits. */
    public void count() {
        try (Connection connection = database.getConnection()) {
            EventStore.Waiting waiting = EventStore.waiting(connection);
            counted = new Counted(
                    EventSwitch.lowPercent(connection).isPresent() ? 1 : 0,
                    waiting.events(),
                    waiting.oldest()
                            .map(oldest ->
                                    Duration.between(oldest, clock.instant()).toSeconds())
                            .orElse(0L));
        } catch (SQLException e) {
            counted = Counted.UNKNOWN;
            LOG.debugf("What events wait is unknown: %s", e.getMessage());
        }
    }

    private Gauge.Builder<EventMetrics> gauge(String name, String description, ToDoubleFunction<Counted> value) {
        return Gauge.builder(name, this, metrics -> value.applyAsDouble(metrics.counted))
                .description(description);
    }
}
