package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.schedule.BacklogPosition;
import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.schedule.Watermark;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads and moves {@code planner_position}, always by compare and set: of two planners one moves it. */
public final class PositionStore {

    private static final String READ = """
            SELECT
                watermark_minute,
                watermark_account_id,
                marked_minute,
                date_part('epoch', marked_at)::bigint,
                settled_minute,
                date_part('epoch', full_sweep_at)::bigint,
                backlog_minute,
                backlog_account_id
            FROM planner_position
            """;

    private static final String OLDEST_REFRESH_AT = """
            SELECT date_part('epoch', min(refresh_at))::bigint
            FROM credit_account
            WHERE refresh_at <= to_timestamp(?)
            """;

    private static final String BEGIN = """
            INSERT INTO planner_position (watermark_minute, watermark_account_id, marked_minute, marked_at)
            VALUES (?, ?, ?, to_timestamp(?))
            ON CONFLICT ON CONSTRAINT there_is_one_position DO NOTHING
            """;

    private static final String MOVE = """
            UPDATE planner_position
            SET
                watermark_minute = ?,
                watermark_account_id = ?
            WHERE watermark_minute = ?
                AND watermark_account_id = ?
                AND backlog_minute IS NULL
            """;

    private static final String BEGIN_BACKLOG = """
            UPDATE planner_position
            SET
                backlog_minute = ?,
                backlog_account_id = ?
            WHERE watermark_minute = ?
                AND watermark_account_id = ?
                AND backlog_minute IS NULL
            """;

    private static final String ADVANCE_BACKLOG = """
            UPDATE planner_position
            SET backlog_account_id = ?
            WHERE backlog_minute = ?
                AND backlog_account_id = ?
            """;

    // A planner of an earlier version may have moved the watermark meanwhile, even beyond.
    private static final String END_BACKLOG = """
            UPDATE planner_position
            SET
                watermark_minute = GREATEST(watermark_minute, backlog_minute),
                watermark_account_id = CASE
                    WHEN watermark_minute > backlog_minute THEN watermark_account_id
                    ELSE 9223372036854775807 END,
                backlog_minute = NULL,
                backlog_account_id = NULL
            WHERE backlog_minute = ?
                AND backlog_account_id = ?
            """;

    private static final String SET_BACK = """
            UPDATE planner_position
            SET
                watermark_minute = LEAST(watermark_minute, ?),
                watermark_account_id = CASE WHEN watermark_minute > ? THEN ? ELSE watermark_account_id END,
                backlog_minute = CASE WHEN backlog_minute > ? THEN ? ELSE backlog_minute END,
                marked_minute = LEAST(marked_minute, ?),
                marked_at = LEAST(marked_at, to_timestamp(?)),
                settled_minute = CASE WHEN settled_minute > ? THEN ? ELSE settled_minute END,
                full_sweep_at = CASE WHEN full_sweep_at > to_timestamp(?) THEN NULL ELSE full_sweep_at END
            WHERE watermark_minute = ?
                AND watermark_account_id = ?
            """;

    private static final String SETTLE = """
            UPDATE planner_position
            SET
                settled_minute = marked_minute,
                marked_minute = CASE
                    WHEN watermark_account_id = 9223372036854775807 THEN watermark_minute
                    ELSE watermark_minute - 1 END,
                marked_at = to_timestamp(?)
            WHERE marked_at = to_timestamp(?)
            """;

    private static final String COMPLETE_FULL_SWEEP = """
            UPDATE planner_position
            SET full_sweep_at = to_timestamp(?)
            """;

    private PositionStore() {}

    /** Where the planner stands; empty before its first tick. */
    public static Optional<PlannerPosition> read(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(READ);
                ResultSet rows = select.executeQuery()) {
            return rows.next() ? Optional.of(position(rows)) : Optional.empty();
        }
    }

    /** Where the very first tick begins: before the oldest {@code refresh_at} that has come, else before now. */
    public static Watermark first(Connection connection, Instant now) throws SQLException {
        try (var select = connection.prepareStatement(OLDEST_REFRESH_AT)) {
            select.setLong(1, now.getEpochSecond());
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                long epochSecond = rows.getLong(1);
                Instant oldest = rows.wasNull() ? now : Instant.ofEpochSecond(epochSecond);
                return Watermark.endOf(Phase.epochMinute(oldest) - 1);
            }
        }
    }

    /** Writes the first position, unless another planner has done so. */
    public static void begin(Connection connection, Watermark first, Instant now) throws SQLException {
        try (var insert = connection.prepareStatement(BEGIN)) {
            insert.setLong(1, first.minute());
            insert.setLong(2, first.accountId());
            insert.setLong(3, first.lastWholeMinute());
            insert.setLong(4, now.getEpochSecond());
            insert.executeUpdate();
        }
    }

    /** Moves the watermark on; false when another planner has moved it. */
    public static boolean move(Connection connection, Watermark from, Watermark to) throws SQLException {
        try (var update = connection.prepareStatement(MOVE)) {
            update.setLong(1, to.minute());
            update.setLong(2, to.accountId());
            update.setLong(3, from.minute());
            update.setLong(4, from.accountId());
            return update.executeUpdate() == 1;
        }
    }

    /** Begins to emit a backlog where the watermark stands; false when another planner has moved it, or has begun one. */
    public static boolean beginBacklog(Connection connection, Watermark at, BacklogPosition backlog)
            throws SQLException {
        try (var update = connection.prepareStatement(BEGIN_BACKLOG)) {
            update.setLong(1, backlog.minute());
            update.setLong(2, backlog.accountId());
            update.setLong(3, at.minute());
            update.setLong(4, at.accountId());
            return update.executeUpdate() == 1;
        }
    }

    /** Moves a backlog on; false when another planner has moved it. */
    public static boolean advance(Connection connection, BacklogPosition from, BacklogPosition to) throws SQLException {
        try (var update = connection.prepareStatement(ADVANCE_BACKLOG)) {
            update.setLong(1, to.accountId());
            update.setLong(2, from.minute());
            update.setLong(3, from.accountId());
            return update.executeUpdate() == 1;
        }
    }

    /** Ends a backlog of which all is emitted, and has the watermark cover it; false when another planner has moved on. */
    public static boolean endBacklog(Connection connection, BacklogPosition emitted) throws SQLException {
        try (var update = connection.prepareStatement(END_BACKLOG)) {
            update.setLong(1, emitted.minute());
            update.setLong(2, emitted.accountId());
            return update.executeUpdate() == 1;
        }
    }

    /**
     * Sets a watermark or a backlog that lies in the future, and all that follows it, back to now.
     *
     * @return false when another planner has moved the watermark
     */
    public static boolean setBack(Connection connection, Watermark from, Instant now) throws SQLException {
        long minute = Phase.epochMinute(now);
        try (var update = connection.prepareStatement(SET_BACK)) {
            update.setLong(1, minute);
            update.setLong(2, minute);
            update.setLong(3, Watermark.WHOLE_MINUTE);
            update.setLong(4, minute);
            update.setLong(5, minute);
            update.setLong(6, minute);
            update.setLong(7, now.getEpochSecond());
            update.setLong(8, minute);
            update.setLong(9, minute);
            update.setLong(10, now.getEpochSecond());
            update.setLong(11, from.minute());
            update.setLong(12, from.accountId());
            return update.executeUpdate() == 1;
        }
    }

    /**
     * Declares settled what was marked by the last sweep, and marks what the watermark covers now.
     *
     * @param markedAt of the last sweep, as it was read
     * @return false when another planner has done so
     */
    public static boolean settle(Connection connection, Instant markedAt, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(SETTLE)) {
            update.setLong(1, now.getEpochSecond());
            update.setLong(2, markedAt.getEpochSecond());
            return update.executeUpdate() == 1;
        }
    }

    /** Notes that all phases have been swept. */
    public static void completeFullSweep(Connection connection, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(COMPLETE_FULL_SWEEP)) {
            update.setLong(1, now.getEpochSecond());
            update.executeUpdate();
        }
    }

    private static PlannerPosition position(ResultSet row) throws SQLException {
        long settled = row.getLong(5);
        OptionalLong settledMinute = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(settled);
        long fullSweep = row.getLong(6);
        Optional<Instant> fullSweepAt =
                row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(fullSweep));
        long backlogMinute = row.getLong(7);
        Optional<BacklogPosition> backlog =
                row.wasNull() ? Optional.empty() : Optional.of(new BacklogPosition(backlogMinute, row.getLong(8)));
        return new PlannerPosition(
                new Watermark(row.getLong(1), row.getLong(2)),
                backlog,
                row.getLong(3),
                Instant.ofEpochSecond(row.getLong(4)),
                settledMinute,
                fullSweepAt);
    }
}
