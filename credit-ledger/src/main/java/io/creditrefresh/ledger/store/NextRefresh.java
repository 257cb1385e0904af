package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.schedule.Phase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the next {@code refresh_at} to come, day by day on the circle of phases. */
final class NextRefresh {

    private static final String FIRST_OF_DAY = """
            SELECT date_part('epoch', min(refresh_at))::bigint
            FROM credit_account
            WHERE phase BETWEEN ? AND ?
                AND refresh_at > to_timestamp(?)
            """;

    private NextRefresh() {}

    /**
     * The next {@code refresh_at} of any account, in one statement per day until it is found, 28 at most. What a day's
     * phases hold lies on that day or 30 days later, so the first day that has one of its own ends the search.
     *
     * @param backlog read at {@code now} in the same snapshot: its slots need not be read again
     */
    static Optional<Instant> after(Connection connection, Instant now, BacklogStore.Backlog backlog)
            throws SQLException {
        @Nullable Instant next = backlog.nextSeen().orElse(null);
        RunDay day = RunDay.of(now);
        try (PreparedStatement select = connection.prepareStatement(FIRST_OF_DAY)) {
            while (!isBeforeEndOf(day, next) && day.endMinute() < backlog.fromMinute() + Phase.MINUTES) {
                day = day.next();
                Instant first = firstOf(select, day, now);
                next = next == null || (first != null && first.isBefore(next)) ? first : next;
            }
        }
        return Optional.ofNullable(next);
    }

    private static boolean isBeforeEndOf(RunDay day, @Nullable Instant next) {
        return next != null && next.getEpochSecond() < day.endSecond();
    }

    private static @Nullable Instant firstOf(PreparedStatement select, RunDay day, Instant now) throws SQLException {
        select.setInt(1, day.firstPhase());
        select.setInt(2, day.lastPhase());
        select.setLong(3, now.getEpochSecond());
        try (ResultSet row = select.executeQuery()) {
            row.next();
            long epochSecond = row.getLong(1);
            return row.wasNull() ? null : Instant.ofEpochSecond(epochSecond);
        }
    }
}
