package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.schedule.Phase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/** Finds the next {@code refresh_at} to come on the circle of phases. */
final class NextRefresh {

    private static final String FIRST = """
            SELECT date_part('epoch', min(refresh_at))::bigint
            FROM credit_account
            WHERE phase BETWEEN ? AND ?
                AND refresh_at > to_timestamp(?)
            """;

    private final PreparedStatement select;
    private final Instant now;
    private @Nullable Instant next;

    private NextRefresh(PreparedStatement select, Instant now) {
        this.select = select;
        this.now = now;
    }

    /**
     * The next {@code refresh_at} of any account. If it is not today, one statement for each day to come looks for it,
     * 28 at most, and then one or two among the accounts that the backlog was counted from. What the phases of a day to
     * come hold lies on that day, or 30 days later or earlier: the first day that has one of its own ends the search.
     *
     * @param backlog as counted at {@code now}
     */
    static Optional<Instant> after(Connection connection, Instant now, BacklogStore.Backlog backlog)
            throws SQLException {
        if (backlog.nextToday().isPresent()) {
            return backlog.nextToday();
        }
        try (PreparedStatement select = connection.prepareStatement(FIRST)) {
            // As in BacklogStore: all that is due may lie in these phases, or nothing.
            select.unwrap(PGStatement.class).setPrepareThreshold(0);
            return new NextRefresh(select, now).search(backlog.fromMinute());
        }
    }

    private Optional<Instant> search(long backlogFromMinute) throws SQLException {
        RunDay today = RunDay.of(now);
        long backlogAgain = backlogFromMinute + Phase.MINUTES;
        for (RunDay day = today.next(); day.firstMinute() < backlogAgain; day = day.next()) {
            read(day.phases());
            if (next != null && next.getEpochSecond() < day.endSecond()) {
                return Optional.of(next);
            }
        }
        List<Phases> backlog = Phases.between(backlogFromMinute, today.endMinute());
        for (Phases phases : backlog) {
            read(phases);
        }
        return Optional.ofNullable(next);
    }

    private void read(Phases phases) throws SQLException {
        select.setInt(1, phases.first());
        select.setInt(2, phases.last());
        select.setLong(3, now.getEpochSecond());
        try (ResultSet row = select.executeQuery()) {
            row.next();
            long epochSecond = row.getLong(1);
            if (!row.wasNull() && (next == null || epochSecond < next.getEpochSecond())) {
                next = Instant.ofEpochSecond(epochSecond);
            }
        }
    }
}
