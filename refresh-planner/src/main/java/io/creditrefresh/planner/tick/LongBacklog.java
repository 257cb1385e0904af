package io.creditrefresh.planner.tick;

import io.creditrefresh.ledger.schedule.Backlog;
import io.creditrefresh.ledger.schedule.Watermark;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.store.BacklogPageStore;
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
 * are then neighbours in the table, which halves what a refresh costs Postgres.
 */
@Singleton
class LongBacklog {

    static final int PAGES_PER_TICK = 20;

    /** Of so many usual pages: the wait for Kafka and the commit are shared by more jobs. */
    private static final int LARGER = 5;

    /** It pays from this share of all accounts on: one in so many. */
    private static final int ONE_IN = 4;

    /** A backlog of fewer pages is not worth the looking. */
    private static final int PAGES_LEAST = 2;

    /** What comes due in a shorter time is not looked at. */
    private static final long MINUTES_LEAST = 60;

    private static final Logger LOG = Logger.getLogger(LongBacklog.class);

    private final DataSource database;
    private final JobEmitter emitter;
    private final int pageSize;

    LongBacklog(DataSource database, JobEmitter emitter, RefreshSettings settings) {
        this.database = database;
        this.emitter = emitter;
        this.pageSize = LARGER * settings.batchSize();
    }

    /** The backlog that is under way, or one that begins now; empty if there is none, or another planner was faster. */
    Optional<Backlog> find(PlannerPosition position, long toMinute) throws SQLException {
        if (position.backlog().isPresent()) {
            return position.backlog();
        }
        Watermark watermark = position.watermark();
        if (toMinute - watermark.lastWholeMinute() < MINUTES_LEAST) {
            return Optional.empty();
        }
        try (Connection connection = database.getConnection()) {
            if (!BacklogPageStore.isLong(connection, watermark, toMinute, PAGES_LEAST * pageSize, ONE_IN)) {
                return Optional.empty();
            }
            Backlog backlog = Backlog.upTo(toMinute);
            return PositionStore.beginBacklog(connection, watermark, backlog)
                    ? Optional.of(begun(backlog))
                    : Optional.empty();
        }
    }

    /**
     * Emits up to 20 pages. As with minutes, a crash repeats some jobs and loses none.
     *
     * @param watermark where it stands while the backlog is under way
     */
    Emission emit(Watermark watermark, Backlog backlog) throws SQLException, NotAcknowledgedException {
        long lastAccount = lastAccount();
        Backlog reached = backlog;
        int emitted = 0;
        for (int pages = 0; pages < PAGES_PER_TICK && !emitter.isStopping(); pages++) {
            if (reached.accountId() >= lastAccount) {
                return new Emission(emitted, end(reached) ? Emission.End.MORE : Emission.End.LOST_RACE);
            }
            BacklogPageStore.Page page = page(watermark, reached);
            emitter.emit(page.jobs(), Reason.DUE);
            emitted += page.jobs().size();
            if (!advance(reached, page.reached())) {
                return new Emission(emitted, Emission.End.LOST_RACE);
            }
            reached = page.reached();
        }
        return new Emission(emitted, Emission.End.MORE);
    }

    private static Backlog begun(Backlog backlog) {
        LOG.infof(
                "[CreditRefresh] Much has come due by %s: emitting it in the order of account ids",
                Instant.ofEpochSecond(backlog.minute() * 60));
        return backlog;
    }

    private long lastAccount() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return BacklogPageStore.lastAccount(connection);
        }
    }

    private BacklogPageStore.Page page(Watermark watermark, Backlog reached) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return BacklogPageStore.due(connection, watermark, reached, pageSize);
        }
    }

    private boolean advance(Backlog from, Backlog to) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return PositionStore.advance(connection, from, to);
        }
    }

    private boolean end(Backlog emitted) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return PositionStore.endBacklog(connection, emitted);
        }
    }
}
