package io.creditrefresh.api.rollout;

import io.creditrefresh.api.rollout.RolloutReport.ComparedDay;
import io.creditrefresh.api.rollout.RolloutReport.ComparedViews;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.audit.MirrorAudit;
import io.creditrefresh.ledger.rollout.Rollout;
import io.creditrefresh.ledger.rollout.RolloutDay;
import io.creditrefresh.ledger.store.OneSnapshot;
import io.creditrefresh.ledger.store.RolloutStore;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Compares the two views of the rollout, day by day. */
@Singleton
class RolloutReports {

    private static final int DAYS_DEFAULT = 30;
    private static final int DAYS_MAX = 92;

    private static final LocalDate LAST_DAY = LocalDate.of(9999, 1, 1);

    private final DataSource database;
    private final InstantSource clock;

    /** One at a time: each keeps a connection of the pool, which others spend with, for some seconds. */
    private final Semaphore free = new Semaphore(1);

    RolloutReports(DataSource database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * The report, or the problem {@code invalid_request}, or {@code unavailable} while another one is being made.
     *
     * @param from a date; null: 29 days before {@code to}
     * @param to a date; null: today
     */
    RolloutReport report(@Nullable String from, @Nullable String to) throws SQLException {
        LocalDate today = day(clock.instant());
        LocalDate last = to == null ? today : date("to", to);
        LocalDate first = from == null ? last.minusDays(DAYS_DEFAULT - 1L) : date("from", from);
        if (first.isAfter(last) || !first.plusDays(DAYS_MAX).isAfter(last)) {
            throw ProblemCode.INVALID_REQUEST.problem("from and to are 1 to " + DAYS_MAX + " days");
        }
        if (!free.tryAcquire()) {
            throw ProblemCode.UNAVAILABLE.problem("Another report is being made; try again");
        }
        try (Connection connection = database.getConnection()) {
            return OneSnapshot.read(connection, snapshot -> read(snapshot, first, last, today));
        } finally {
            free.release();
        }
    }

    private static RolloutReport read(Connection connection, LocalDate first, LocalDate last, LocalDate today)
            throws SQLException {
        Rollout rollout = RolloutStore.read(connection);
        List<RolloutDay> days = openDays(connection, rollout, first, last.isAfter(today) ? today : last);
        return new RolloutReport(
                RolloutAnswer.of(rollout),
                MirrorAudit.subscribersInBothViews(connection),
                first,
                last,
                ComparedViews.of(days),
                days.stream().map(ComparedDay::of).toList());
    }

    private static List<RolloutDay> openDays(Connection connection, Rollout rollout, LocalDate first, LocalDate last)
            throws SQLException {
        @Nullable Instant openedAt = rollout.openedAt();
        if (openedAt == null) {
            return List.of();
        }
        @Nullable Instant closedAt = rollout.closedAt();
        LocalDate begin = day(openedAt).isAfter(first) ? day(openedAt) : first;
        LocalDate end = (closedAt == null || day(closedAt).isAfter(last) ? last : day(closedAt)).plusDays(1);
        List<RolloutDay> days = new ArrayList<>();
        // One by one: each statement has to end within the limit of the pool, however much was spent.
        for (LocalDate date = begin; date.isBefore(end); date = date.plusDays(1)) {
            List<RolloutDay> read = MirrorAudit.days(connection, date, date.plusDays(1));
            days.add(read.isEmpty() ? new RolloutDay(date, Map.of()) : read.get(0));
        }
        return days;
    }

    private static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    private static LocalDate date(String name, String text) {
        try {
            LocalDate date = LocalDate.parse(text);
            if (!date.isBefore(LocalDate.EPOCH) && date.isBefore(LAST_DAY)) {
                return date;
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw ProblemCode.INVALID_REQUEST.problem(name + " is a date as 2026-01-31");
    }
}
