package io.creditrefresh.planner.events;

import io.creditrefresh.ledger.message.CreditEvent;
import io.creditrefresh.ledger.store.EventStore;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * Takes events from the ledger's database to Kafka. What is acknowledged is removed afterwards, so whatever is killed,
 * every event is sent at least once. Of several planners one sends at a time; no transaction is open while it does.
 */
@Singleton
public class EventRelay {

    static final int BATCH = 500;

    private final DataSource database;
    private final EventSender sender;
    private final EventMetrics metrics;

    EventRelay(DataSource database, EventSender sender, EventMetrics metrics) {
        this.database = database;
        this.sender = sender;
        this.metrics = metrics;
    }

    /**
     * Sends what waits longest.
     *
     * @return how many events were sent, at most {@value #BATCH}; 0 also while another planner sends
     */
    public int runOnce() throws SQLException, UndeliveredException {
        try (Connection connection = database.getConnection()) {
            if (!EventStore.tryLock(connection)) {
                return 0;
            }
            try {
                return send(connection);
            } finally {
                EventStore.unlock(connection);
            }
        }
    }

    private int send(Connection connection) throws SQLException, UndeliveredException {
        List<CreditEvent> events = EventStore.oldest(connection, BATCH);
        for (List<CreditEvent> wave : Waves.of(events)) {
            sender.send(wave);
        }
        if (!events.isEmpty()) {
            EventStore.remove(connection, events);
            metrics.published(events);
        }
        return events.size();
    }
}
