package io.creditrefresh.edge.pool;

import io.agroal.api.AgroalPoolInterceptor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/**
 * How long transactions take: from when a connection is taken from the pool until it is given back, with what the service
 * does in between. Waiting for the connection is not in it; the pool tells that itself.
 */
@Singleton
class TransactionTimes implements AgroalPoolInterceptor {

    private static final Duration[] BUCKETS = Stream.of(25, 50, 100, 200, 500, 1_000, 2_500)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final Timer transactions;

    /**
     * As many as the pool has connections. The driver's own connections: the pool wraps them anew for each call, and no two
     * of its wrappers are equal.
     */
    private final Map<PGConnection, Long> takenAtNanos = new ConcurrentHashMap<>();

    TransactionTimes(MeterRegistry registry) {
        transactions = Timer.builder("credit.database.transaction")
                .description("From taking a connection from the pool to giving it back")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    @Override
    public void onConnectionAcquire(Connection connection) {
        driversOwn(connection).ifPresent(own -> takenAtNanos.put(own, System.nanoTime()));
    }

    @Override
    public void onConnectionReturn(Connection connection) {
        record(connection);
    }

    /** A connection that broke while it was used is not given back. */
    @Override
    public void onConnectionDestroy(Connection connection) {
        record(connection);
    }

    private void record(Connection connection) {
        driversOwn(connection)
                .flatMap(own -> Optional.ofNullable(takenAtNanos.remove(own)))
                .ifPresent(since -> transactions.record(System.nanoTime() - since, TimeUnit.NANOSECONDS));
    }

    private static Optional<PGConnection> driversOwn(Connection connection) {
        try {
            return Optional.of(connection.unwrap(PGConnection.class));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }
}
