package io.creditrefresh.api.run;

import io.creditrefresh.ledger.command.Switches;
import io.creditrefresh.ledger.run.RunSnapshot;
import io.creditrefresh.ledger.store.SnapshotStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The newest snapshot of how refreshing stands, taken every 4 s in the background, once for all requests. Nobody is
 * shown one that is older than 5 s of real time: when the background is late, the request takes one itself.
 */
@Singleton
public class RunSnapshots {

    private static final Logger LOG = Logger.getLogger(RunSnapshots.class);

    private static final long MAX_AGE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long FAILURE_STANDS_NANOS = Duration.ofSeconds(1).toNanos();

    private final DataSource database;
    private final InstantSource clock;
    private final Switches switches;
    private final Timer timer;
    private final LongSupplier nanos;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile @Nullable Taken newest;
    private volatile @Nullable Failed lastFailure;

    @Inject
    RunSnapshots(DataSource database, InstantSource clock, Switches switches, MeterRegistry registry) {
        this(database, clock, switches, registry, System::nanoTime);
    }

    /**
     * With a clock of the caller's.
     *
     * @param nanos elapsed real time, as {@link System#nanoTime}
     */
    RunSnapshots(
            DataSource database, InstantSource clock, Switches switches, MeterRegistry registry, LongSupplier nanos) {
        this.database = database;
        this.clock = clock;
        this.switches = switches;
        this.timer = Timer.builder("credit.refresh.snapshot")
                .description("Taking one snapshot of how refreshing stands")
                .publishPercentiles(0.5)
                .register(registry);
        this.nanos = nanos;
    }

    /** A snapshot, and the real time at which taking it began. */
    private record Taken(RunSnapshot snapshot, long sinceNanos) {}

    /** Why there was none, and the real time at which that was known: the waiting itself may have taken long. */
    private record Failed(SQLException reason, long sinceNanos) {}

    /**
     * A snapshot that is at most 5 s old.
     *
     * @throws SQLException if there is none and the database does not give one
     */
    public RunSnapshot current() throws SQLException {
        Optional<RunSnapshot> young = young();
        return young.isPresent() ? young.get() : takeUnlessTaken();
    }

    /** Takes one now; when that fails, the one before stays until it is too old. */
    public void take() {
        oneAtATime.lock();
        try {
            attempt();
        } finally {
            oneAtATime.unlock();
        }
    }

    @Scheduled(every = "4s", concurrentExecution = ConcurrentExecution.SKIP)
    void takeInBackground() {
        take();
    }

    /** The newest one unless it is too old to be shown. */
    Optional<RunSnapshot> young() {
        Taken taken = newest;
        return taken != null && nanos.getAsLong() - taken.sinceNanos() < MAX_AGE_NANOS
                ? Optional.of(taken.snapshot())
                : Optional.empty();
    }

    /**
     * Those who waited for another's attempt take what came of it, be it a failure: they must not all wait in turn. What
     * was begun after the request came is good however long it took; it says itself when it was taken.
     */
    private RunSnapshot takeUnlessTaken() throws SQLException {
        long arrived = nanos.getAsLong();
        lockWithin(MAX_AGE_NANOS);
        try {
            Optional<RunSnapshot> taken = young().or(() -> begunSince(arrived));
            if (taken.isEmpty() && !failedJustNow()) {
                attempt();
                taken = begunSince(arrived);
            }
            if (taken.isEmpty()) {
                throw new SQLException(
                        "no snapshot", Objects.requireNonNull(lastFailure).reason());
            }
            return taken.get();
        } finally {
            oneAtATime.unlock();
        }
    }

    private Optional<RunSnapshot> begunSince(long sinceNanos) {
        Taken taken = newest;
        return taken != null && taken.sinceNanos() - sinceNanos >= 0 ? Optional.of(taken.snapshot()) : Optional.empty();
    }

    private boolean failedJustNow() {
        Failed failed = lastFailure;
        return failed != null && nanos.getAsLong() - failed.sinceNanos() < FAILURE_STANDS_NANOS;
    }

    private void lockWithin(long limitNanos) throws SQLException {
        try {
            if (oneAtATime.tryLock(limitNanos, TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new SQLException("a snapshot is being taken and takes long");
    }

    private void attempt() {
        long started = nanos.getAsLong();
        try (Connection connection = database.getConnection()) {
            RunSnapshot snapshot = SnapshotStore.read(connection, clock.instant(), switches.refreshesByItself());
            timer.record(Duration.ofNanos(nanos.getAsLong() - started));
            newest = new Taken(snapshot, started);
        } catch (SQLException e) {
            LOG.debugf("No snapshot: %s", e.getMessage());
            lastFailure = new Failed(e, nanos.getAsLong());
        }
    }
}
