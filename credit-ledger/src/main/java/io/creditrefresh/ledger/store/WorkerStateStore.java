package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.run.WorkerState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes and reads {@code worker_state}. Each worker has a row of its own, and nobody waits for another's. */
public final class WorkerStateStore {

    private static final String TELL = """
            INSERT INTO worker_state (
                worker_id, started_at, heartbeat_at, breaker, paused, last_batch_at, batch_since, jobs, refreshed,
                failed)
            VALUES (?, to_timestamp(?), to_timestamp(?), ?, ?, to_timestamp(?), to_timestamp(?), ?, ?, ?)
            ON CONFLICT ON CONSTRAINT one_state_per_worker DO UPDATE
            SET
                started_at = EXCLUDED.started_at,
                heartbeat_at = EXCLUDED.heartbeat_at,
                breaker = EXCLUDED.breaker,
                paused = EXCLUDED.paused,
                last_batch_at = EXCLUDED.last_batch_at,
                batch_since = EXCLUDED.batch_since,
                jobs = EXCLUDED.jobs,
                refreshed = EXCLUDED.refreshed,
                failed = EXCLUDED.failed
            """;

    private static final String FORGET = """
            DELETE FROM worker_state
            WHERE heartbeat_at < to_timestamp(?)
            """;

    private static final String REMOVE = """
            DELETE FROM worker_state
            WHERE worker_id = ?
            """;

    private static final String NEWEST = """
            SELECT
                worker_id,
                date_part('epoch', started_at)::bigint,
                date_part('epoch', heartbeat_at)::bigint,
                breaker,
                paused,
                date_part('epoch', last_batch_at)::bigint,
                date_part('epoch', batch_since)::bigint,
                jobs,
                refreshed,
                failed
            FROM worker_state
            ORDER BY heartbeat_at DESC, worker_id
            LIMIT ?
            """;

    private WorkerStateStore() {}

    /** Writes what a worker tells over what it told before. */
    public static void tell(Connection connection, WorkerState state) throws SQLException {
        WorkerState.Progress progress = state.progress();
        try (var write = connection.prepareStatement(TELL)) {
            write.setString(1, state.workerId());
            write.setLong(2, state.startedAt().getEpochSecond());
            write.setLong(3, state.heartbeatAt().getEpochSecond());
            write.setString(4, state.breaker());
            write.setBoolean(5, state.paused());
            write.setObject(6, epochSecond(progress.lastBatchAt()), Types.BIGINT);
            write.setObject(7, epochSecond(progress.batchSince()), Types.BIGINT);
            write.setLong(8, progress.jobs());
            write.setLong(9, progress.refreshed());
            write.setLong(10, progress.failed());
            write.executeUpdate();
        }
    }

    /** Removes the rows of workers that have not told anything since. */
    public static void forgetBefore(Connection connection, Instant heartbeat) throws SQLException {
        try (var delete = connection.prepareStatement(FORGET)) {
            delete.setLong(1, heartbeat.getEpochSecond());
            delete.executeUpdate();
        }
    }

    /** Removes the row of a worker that stops. */
    public static void remove(Connection connection, String workerId) throws SQLException {
        try (var delete = connection.prepareStatement(REMOVE)) {
            delete.setString(1, workerId);
            delete.executeUpdate();
        }
    }

    /** Those that have told something last, so many at the most. */
    public static List<WorkerState> newest(Connection connection, int limit) throws SQLException {
        try (var select = connection.prepareStatement(NEWEST)) {
            select.setInt(1, limit);
            try (ResultSet rows = select.executeQuery()) {
                List<WorkerState> states = new ArrayList<>();
                while (rows.next()) {
                    states.add(state(rows));
                }
                return states;
            }
        }
    }

    private static WorkerState state(ResultSet row) throws SQLException {
        return new WorkerState(
                row.getString(1),
                Instant.ofEpochSecond(row.getLong(2)),
                Instant.ofEpochSecond(row.getLong(3)),
                row.getString(4),
                row.getBoolean(5),
                new WorkerState.Progress(
                        instant(row, 6), instant(row, 7), row.getLong(8), row.getLong(9), row.getLong(10)));
    }

    private static @Nullable Long epochSecond(@Nullable Instant instant) {
        return instant == null ? null : instant.getEpochSecond();
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        long second = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochSecond(second);
    }
}
