package io.creditrefresh.planner.tick;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.schedule.BacklogPosition;
import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.schedule.PhaseRange;
import io.creditrefresh.ledger.schedule.Watermark;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.store.PlannerPosition;
import io.creditrefresh.ledger.store.PlannerStore;
import io.creditrefresh.ledger.store.PositionStore;
import io.creditrefresh.ledger.store.RunStore;
import io.creditrefresh.planner.jobs.NotAcknowledgedException;
import io.creditrefresh.planner.watch.PlannerMetrics.Reason;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Opens the day's run, and emits a job for every account whose minute has come, from the watermark to now. */
@Singleton
class DueAccounts {

    static final int PAGES_PER_TICK = 100;
    private static final int RANGES_PER_PAGE = 24;

    private static final Logger LOG = Logger.getLogger(DueAccounts.class);

    /** As far ahead of now another planner's watermark may be because the clocks of two machines differ. */
    private static final long LEEWAY_MINUTES = 1;

    private final DataSource database;
    private final InstantSource clock;
    private final JobEmitter emitter;
    private final LongBacklog longBacklog;
    private final int pageSize;

    DueAccounts(
            DataSource database,
            InstantSource clock,
            JobEmitter emitter,
            LongBacklog longBacklog,
            RefreshSettings settings) {
        this.database = database;
        this.clock = clock;
        this.emitter = emitter;
        this.longBacklog = longBacklog;
        this.pageSize = settings.batchSize();
    }

    /** Opens today's run, with the forecast of its slots, unless it is open. */
    void openRun() throws SQLException {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        try (Connection connection = database.getConnection()) {
            if (RunStore.open(connection, today, now)) {
                LOG.infof("[CreditRefresh] Opened the run of %s", today);
            }
        }
    }

    /**
     * Emits up to 100 pages, or as many jobs of a long backlog. The planner's position follows each page once Kafka has all
     * of it: after a crash some jobs are emitted twice and none is left out. No connection is held while a page is sent.
     */
    Emission emit() throws SQLException, NotAcknowledgedException {
        PlannerPosition position = position();
        // Read after the position: no planner with the same clock can have moved it beyond this.
        Instant now = clock.instant();
        long toMinute = Phase.epochMinute(now);
        if (position.lastMinute() > toMinute + LEEWAY_MINUTES) {
            return setBack(position, now);
        }
        Watermark watermark = position.watermark();
        Optional<BacklogPosition> backlog = longBacklog.find(position, toMinute);
        return backlog.isPresent() ? longBacklog.emit(watermark, backlog.get()) : emit(watermark, toMinute, now);
    }

    private Emission emit(Watermark from, long toMinute, Instant now) throws SQLException, NotAcknowledgedException {
        Watermark watermark = from;
        int emitted = 0;
        for (int pages = 0; pages < PAGES_PER_TICK; pages++) {
            if (watermark.covers(toMinute) || emitter.isStopping()) {
                return new Emission(emitted, Emission.End.DONE);
            }
            PlannerStore.Page page = page(watermark, toMinute, now);
            emitter.emit(page.jobs(), Reason.DUE);
            emitted += page.jobs().size();
            if (!move(watermark, page.reached())) {
                return new Emission(emitted, Emission.End.LOST_RACE);
            }
            watermark = page.reached();
        }
        return new Emission(emitted, Emission.End.MORE);
    }

    private PlannerPosition position() throws SQLException {
        try (Connection connection = database.getConnection()) {
            Optional<PlannerPosition> position = PositionStore.read(connection);
            if (position.isEmpty()) {
                Instant now = clock.instant();
                PositionStore.begin(connection, PositionStore.first(connection, now), now);
                position = PositionStore.read(connection);
            }
            return position.orElseThrow();
        }
    }

    private Emission setBack(PlannerPosition position, Instant now) throws SQLException {
        LOG.warnf(
                "[CreditRefresh] The planner's position was ahead of now, at %s: set back to %s",
                Instant.ofEpochSecond(position.lastMinute() * 60), now);
        try (Connection connection = database.getConnection()) {
            boolean moved = PositionStore.setBack(connection, position.watermark(), now);
            return new Emission(0, moved ? Emission.End.DONE : Emission.End.LOST_RACE);
        }
    }

    /** Where few accounts are due, a page is made of more than one short read. */
    private PlannerStore.Page page(Watermark watermark, long toMinute, Instant now) throws SQLException {
        List<RefreshJob> jobs = new ArrayList<>(pageSize);
        Watermark reached = watermark;
        try (Connection connection = database.getConnection()) {
            for (int ranges = 0; ranges < RANGES_PER_PAGE; ranges++) {
                if (jobs.size() == pageSize || reached.covers(toMinute)) {
                    break;
                }
                PhaseRange range = PhaseRange.behind(reached, toMinute);
                PlannerStore.Page part = PlannerStore.due(connection, range, now, pageSize - jobs.size());
                jobs.addAll(part.jobs());
                reached = part.reached();
            }
        }
        return new PlannerStore.Page(jobs, reached);
    }

    private boolean move(Watermark from, Watermark to) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return PositionStore.move(connection, from, to);
        }
    }
}
