package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.schedule.Slot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Opens a day's run and counts how refreshing stands. It reads the index on phase, an hour per statement, so that no
 * statement takes long however many accounts exist.
 */
public final class RunStore {

    private static final int MINUTES_PER_HOUR = 60;

    /** A settled minute behind which nothing lies. */
    private static final long BEFORE_ALL = 0;

    private static final String IS_OPEN = """
            SELECT EXISTS (SELECT FROM refresh_run WHERE run_date = ?)
            """;

    private static final String PLANNED_IN_HOUR = """
            SELECT phase, count(*)
            FROM credit_account
            WHERE phase BETWEEN ? AND ?
                AND refresh_at >= to_timestamp(?)
                AND refresh_at < to_timestamp(?)
            GROUP BY phase
            """;

    private static final String OPEN = """
            INSERT INTO refresh_run (run_date, opened_at, planned, planned_per_slot)
            VALUES (?, to_timestamp(?), ?, ?)
            ON CONFLICT ON CONSTRAINT one_run_per_day DO NOTHING
            """;

    private static final String BACKLOG_OF_HOUR = """
            SELECT
                count(*),
                date_part('epoch', min(a.refresh_at) FILTER (WHERE a.refresh_at <= to_timestamp(?)))::bigint,
                count(*) FILTER (WHERE a.refresh_at < to_timestamp(?))
            FROM credit_account a
            WHERE a.phase BETWEEN ? AND ?
                AND a.refresh_at < to_timestamp(?)
                AND NOT EXISTS (
                    SELECT FROM refresh_failure f
                    WHERE f.account_id = a.id
                        AND f.due_at = a.period_end)
            """;

    private static final String FAILURES = """
            SELECT
                count(*) FILTER (WHERE f.state = 'retrying'),
                count(*) FILTER (WHERE f.state = 'exhausted')
            FROM refresh_failure f
            JOIN credit_account a ON a.id = f.account_id AND a.period_end = f.due_at
            """;

    private RunStore() {}

    /**
     * Accounts that are to be refreshed up to the end of today and have no failure.
     *
     * @param pending number of them, due or coming
     * @param oldestDue the oldest {@code refresh_at} that has come
     * @param unaccounted number of those behind the settled minute: emitted, and neither refreshed nor failed
     */
    public record Backlog(long pending, Optional<Instant> oldestDue, long unaccounted) {}

    /** Number of accounts with a failure of their present period. */
    public record Failures(long retrying, long exhausted) {}

    /**
     * Opens the run of a day with its forecast, number of accounts per slot, unless it is open.
     *
     * @return whether this call opened it
     */
    public static boolean open(Connection connection, LocalDate day, Instant now) throws SQLException {
        if (isOpen(connection, day)) {
            return false;
        }
        int[] planned = plannedPerSlot(connection, day);
        try (var insert = connection.prepareStatement(OPEN)) {
            insert.setObject(1, day);
            insert.setLong(2, now.getEpochSecond());
            insert.setLong(3, Arrays.stream(planned).asLongStream().sum());
            insert.setArray(4, connection.unwrap(PGConnection.class).createArrayOf("int4", planned));
            return insert.executeUpdate() == 1;
        }
    }

    /**
     * Counts what is left to do in the slots from {@code fromMinute} to the end of today.
     *
     * @param fromMinute epoch minute; rounded down to a whole hour, and 30 days before the end of today at the earliest
     * @param settledMinute epoch minute behind which every account should have been refreshed; empty: none
     */
    public static Backlog backlog(Connection connection, Instant now, long fromMinute, OptionalLong settledMinute)
            throws SQLException {
        long endOfToday = firstMinute(LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(1));
        long first = Math.max(fromMinute - Math.floorMod(fromMinute, MINUTES_PER_HOUR), endOfToday - Phase.MINUTES);
        long pending = 0;
        long unaccounted = 0;
        @Nullable Instant oldest = null;
        try (var select = connection.prepareStatement(BACKLOG_OF_HOUR)) {
            select.setLong(1, now.getEpochSecond());
            select.setLong(2, (settledMinute.orElse(BEFORE_ALL) + 1) * 60);
            select.setLong(5, endOfToday * 60);
            for (long hour = first; hour < endOfToday; hour += MINUTES_PER_HOUR) {
                select.setInt(3, Phase.ofMinute(hour));
                select.setInt(4, Phase.ofMinute(hour) + MINUTES_PER_HOUR - 1);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    pending += row.getLong(1);
                    unaccounted += row.getLong(3);
                    long due = row.getLong(2);
                    if (!row.wasNull() && (oldest == null || due < oldest.getEpochSecond())) {
                        oldest = Instant.ofEpochSecond(due);
                    }
                }
            }
        }
        return new Backlog(pending, Optional.ofNullable(oldest), unaccounted);
    }

    public static Failures failures(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(FAILURES);
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Failures(row.getLong(1), row.getLong(2));
        }
    }

    private static boolean isOpen(Connection connection, LocalDate day) throws SQLException {
        try (var select = connection.prepareStatement(IS_OPEN)) {
            select.setObject(1, day);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static int[] plannedPerSlot(Connection connection, LocalDate day) throws SQLException {
        long midnight = firstMinute(day);
        int firstPhase = Phase.ofMinute(midnight);
        int[] planned = new int[Slot.MINUTES_PER_DAY];
        try (PreparedStatement select = connection.prepareStatement(PLANNED_IN_HOUR)) {
            select.setLong(3, midnight * 60);
            select.setLong(4, firstMinute(day.plusDays(1)) * 60);
            for (int slot = 0; slot < planned.length; slot += MINUTES_PER_HOUR) {
                select.setInt(1, firstPhase + slot);
                select.setInt(2, firstPhase + slot + MINUTES_PER_HOUR - 1);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        planned[rows.getInt(1) - firstPhase] = rows.getInt(2);
                    }
                }
            }
        }
        return planned;
    }

    private static long firstMinute(LocalDate day) {
        return day.toEpochDay() * Slot.MINUTES_PER_DAY;
    }
}
