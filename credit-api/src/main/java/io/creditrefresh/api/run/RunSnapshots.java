package io.creditrefresh.api.run;

import io.creditrefresh.ledger.run.RunSnapshot;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.store.SnapshotStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
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
    private final RefreshSettings settings;
    private final Timer timer;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private volatile @Nullable Outcome latest;

    RunSnapshots(DataSource database, InstantSource clock, RefreshSettings settings, MeterRegistry registry) {
        this.database = database;
        this.clock = clock;
        this.settings = settings;
        this.timer = Timer.builder("credit.refresh.snapshot")
                .description("Taking one snapshot of how refreshing stands")
                .publishPercentiles(0.5)
                .register(registry);
    }

    /** What came of the last attempt to take a snapshot, and the real time at which it began. */
    private record Outcome(
            @Nullable RunSnapshot snapshot, @Nullable SQLException failure, long atNanos) {

        boolean stands(long nowNanos) {
            return nowNanos - atNanos < (snapshot == null ? FAILURE_STANDS_NANOS : MAX_AGE_NANOS);
        }
    }

    /**
     * A snapshot that is at most 5 s old.
     *
     * @throws SQLException if there is none and the database does not give one
     */
    public RunSnapshot current() throws SQLException {
        Outcome outcome = latest;
        if (outcome == null || !outcome.stands(System.nanoTime())) {
            outcome = takeUnlessTaken();
        }
        if (outcome.failure() != null) {
            throw new SQLException(outcome.failure());
        }
        return Objects.requireNonNull(outcome.snapshot());
    }

    /** Takes one now. */
    public void take() {
        oneAtATime.lock();
        try {
            latest = attempt();
        } finally {
            oneAtATime.unlock();
        }
    }

    @Scheduled(every = "4s", concurrentExecution = ConcurrentExecution.SKIP)
    void takeInBackground() {
        take();
    }

    /** Those who waited for another's attempt take what came of it, be it a failure: they must not all wait in turn. */
    private Outcome takeUnlessTaken() {
        oneAtATime.lock();
        try {
            Outcome outcome = latest;
            if (outcome == null || !outcome.stands(System.nanoTime())) {
                outcome = attempt();
                latest = outcome;
            }
            return outcome;
        } finally {
            oneAtATime.unlock();
        }
    }

    private Outcome attempt() {
        long started = System.nanoTime();
        try (Connection connection = database.getConnection()) {
            RunSnapshot snapshot = SnapshotStore.read(connection, clock.instant(), settings.refreshesByItself());
            timer.record(Duration.ofNanos(System.nanoTime() - started));
            return new Outcome(snapshot, null, started);
        } catch (SQLException e) {
            LOG.debugf("No snapshot: %s", e.getMessage());
            // A failure stands from its end on: the waiting itself may have taken long.
            return new Outcome(null, e, System.nanoTime());
        }
    }
}
