package io.creditrefresh.planner.tick;

import io.creditrefresh.ledger.schedule.BacklogPosition;
import io.creditrefresh.ledger.schedule.Watermark;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.store.DuePageStore;
import io.creditrefresh.ledger.store.DueShare;
import io.creditrefresh.ledger.store.PlannerPosition;
import io.creditrefresh.ledger.store.PositionStore;
import io.creditrefresh.planner.jobs.NotAcknowledgedException;
import io.creditrefresh.planner.watch.PlannerMetrics.Reason;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Emits a long backlog, as an outage leaves it, in the order of account ids instead of minutes: the accounts of one batch
 * are then neighbours in the table, which saves Postgres a good part of what a refresh costs.
 */
@Singleton
class LongBacklog {

    static final int PAGES_PER_TICK = 20;

    /** A page is as large as so many pages by minutes: its wait for Kafka and its commit are shared by more jobs. */
    private static final int USUAL_PAGES = 5;

    /** The order pays from this share of all accounts on: one in so many. */
    private static final int ONE_IN = 4;

    /** What comes due in a shorter time is emitted by minutes without a look at the accounts. */
    private static final long LEAST_MINUTES = 60;

    private static final Logger LOG = Logger.getLogger(LongBacklog.class);

    private final DataSource database;
    private final JobEmitter emitter;
    private final int pageSize;

    LongBacklog(DataSource database, JobEmitter emitter, RefreshSettings settings) {
        this.database = database;
        this.emitter = emitter;
        this.pageSize = USUAL_PAGES * settings.batchSize();
    }

    /** The backlog that is under way, or one that begins now; empty if there is none, or another planner was faster. */
    Optional<BacklogPosition> find(PlannerPosition position, long toMinute) throws SQLException {
        if (position.backlog().isPresent()) {
            return position.backlog();
        }
        Watermark watermark = position.watermark();
        if (toMinute - watermark.lastWholeMinute() < LEAST_MINUTES) {
            return Optional.empty();
        }
        try (Connection connection = database.getConnection()) {
            DueShare due = DueShare.read(connection, watermark.lastRefreshAt(), instant(toMinute));
            BacklogPosition beginning = BacklogPosition.beginningUpTo(toMinute);
            // What fits into one page is not worth another order.
            if (due.accounts() <= pageSize
                    || !due.isAtLeastOneIn(ONE_IN)
                    || !PositionStore.beginBacklog(connection, watermark, beginning)) {
                return Optional.empty();
            }
            LOG.infof(
                    "[CreditRefresh] About %.0f accounts have come due by %s: emitting them in the order of their ids",
                    due.accounts(), instant(toMinute));
            return Optional.of(beginning);
        }
    }

    /**
     * Emits up to 20 pages. As with minutes, a crash repeats some jobs and loses none.
     *
     * @param watermark where it stands while the backlog is under way
     */
    Emission emit(Watermark watermark, BacklogPosition backlog) throws SQLException, NotAcknowledgedException {
        if (watermark.covers(backlog.minute())) {
            // A planner that knows of no backlogs has emitted all of it by minutes.
            return end(backlog, 0);
        }
        BacklogPosition reached = backlog;
        int emitted = 0;
        for (int pages = 0; pages < PAGES_PER_TICK && !emitter.isStopping(); pages++) {
            DuePageStore.Page page = page(watermark, reached);
            emitter.emit(page.jobs(), Reason.DUE);
            emitted += page.jobs().size();
            BacklogPosition next = reached.reached(page.reached());
            if (!advance(reached, next)) {
                return new Emission(emitted, Emission.End.LOST_RACE);
            }
            reached = next;
            if (!page.hasMore()) {
                return end(reached, emitted);
            }
        }
        return new Emission(emitted, Emission.End.MORE);
    }

    private DuePageStore.Page page(Watermark watermark, BacklogPosition reached) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return DuePageStore.scheduled(
                    connection, reached.accountId(), watermark.lastRefreshAt(), instant(reached.minute()), pageSize);
        }
    }

    private boolean advance(BacklogPosition from, BacklogPosition to) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return PositionStore.advance(connection, from, to);
        }
    }

    /** What has come due meanwhile is emitted by minutes, at once. */
    private Emission end(BacklogPosition emitted, int jobs) throws SQLException {
        try (Connection connection = database.getConnection()) {
            if (!PositionStore.endBacklog(connection, emitted)) {
                return new Emission(jobs, Emission.End.LOST_RACE);
            }
        }
        LOG.infof("[CreditRefresh] All that had come due by %s is emitted", instant(emitted.minute()));
        return new Emission(jobs, Emission.End.MORE);
    }

    private static Instant instant(long epochMinute) {
        return Instant.ofEpochSecond(epochMinute * 60);
    }
}
