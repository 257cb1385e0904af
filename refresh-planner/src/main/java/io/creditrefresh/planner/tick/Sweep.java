package io.creditrefresh.planner.tick;

import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.schedule.PhaseRange;
import io.creditrefresh.ledger.schedule.Slot;
import io.creditrefresh.ledger.schedule.Watermark;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.store.PlannerPosition;
import io.creditrefresh.ledger.store.PlannerStore;
import io.creditrefresh.ledger.store.PositionStore;
import io.creditrefresh.planner.jobs.ConsumerLag;
import io.creditrefresh.planner.jobs.NotAcknowledgedException;
import io.creditrefresh.planner.watch.PlannerMetrics.Reason;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The net under every lost job: emits again what the watermark passed at least one grace time ago and is still due. It
 * looks at the slots of the last day, and once a day at all of them.
 */
@Singleton
class Sweep {

    static final int PAGES_PER_TICK = 100;

    private static final Duration BETWEEN_FULL_SWEEPS = Duration.ofDays(1);

    private final DataSource database;
    private final ConsumerLag lag;
    private final JobEmitter emitter;
    private final Grace grace;
    private final RefreshSettings settings;
    private @Nullable Course course;

    Sweep(DataSource database, ConsumerLag lag, JobEmitter emitter, Grace grace, RefreshSettings settings) {
        this.database = database;
        this.lag = lag;
        this.emitter = emitter;
        this.grace = grace;
        this.settings = settings;
    }

    /** A sweep that has begun: how far it is, and up to which settled minute it goes. */
    private record Course(Watermark swept, long settledMinute, boolean full) {}

    /**
     * Begins a sweep when the last one began a grace time ago, and goes on with it by up to 100 pages. A crash ends a
     * sweep; the next one looks at the same slots again.
     */
    Emission emit(Instant now) throws SQLException, NotAcknowledgedException {
        if (course == null && !isTime(now)) {
            return Emission.NOTHING;
        }
        // Jobs that still wait in Kafka are not lost.
        OptionalLong waiting = lag.jobs();
        if (waiting.isEmpty() || waiting.getAsLong() > settings.sweepLagLimit()) {
            return Emission.NOTHING;
        }
        Course begun = course == null ? begin(now) : course;
        return begun == null ? Emission.NOTHING : advance(begun, now);
    }

    private boolean isTime(Instant now) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Optional<PlannerPosition> position = PositionStore.read(connection);
            return position.isPresent() && grace.isOver(position.get().markedAt(), now);
        }
    }

    /** Moves settled on; null when another planner sweeps. */
    private @Nullable Course begin(Instant now) throws SQLException {
        try (Connection connection = database.getConnection()) {
            PlannerPosition position = PositionStore.read(connection).orElseThrow();
            if (!grace.isOver(position.markedAt(), now)
                    || !PositionStore.settle(connection, position.markedAt(), now)) {
                return null;
            }
            long settled = position.markedMinute();
            boolean full = position.fullSweepAt()
                    .map(last -> Duration.between(last, now).compareTo(BETWEEN_FULL_SWEEPS) >= 0)
                    .orElse(true);
            long aDayAgo = settled - Slot.MINUTES_PER_DAY;
            long swept = full
                    ? settled - Phase.MINUTES
                    : Math.min(aDayAgo, position.settledMinute().orElse(aDayAgo));
            return new Course(Watermark.endOf(swept), settled, full);
        }
    }

    private Emission advance(Course begun, Instant now) throws SQLException, NotAcknowledgedException {
        course = begun;
        Watermark swept = begun.swept();
        int emitted = 0;
        for (int pages = 0; pages < PAGES_PER_TICK && !emitter.isStopping(); pages++) {
            if (swept.covers(begun.settledMinute())) {
                complete(begun, now);
                return new Emission(emitted, Emission.End.DONE);
            }
            PlannerStore.Page page = page(PhaseRange.behind(swept, begun.settledMinute()), begun.settledMinute());
            emitter.emit(page.jobs(), Reason.SWEEP);
            emitted += page.jobs().size();
            swept = page.reached();
            course = new Course(swept, begun.settledMinute(), begun.full());
        }
        return new Emission(emitted, Emission.End.MORE);
    }

    private void complete(Course begun, Instant now) throws SQLException {
        if (begun.full()) {
            try (Connection connection = database.getConnection()) {
                PositionStore.completeFullSweep(connection, now);
            }
        }
        course = null;
    }

    private PlannerStore.Page page(PhaseRange range, long settledMinute) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return PlannerStore.lost(connection, range, settledMinute, settings.batchSize());
        }
    }
}
