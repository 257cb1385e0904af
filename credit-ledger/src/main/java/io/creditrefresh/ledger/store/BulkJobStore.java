package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.bulk.BulkFate;
import io.creditrefresh.ledger.bulk.BulkJob;
import io.creditrefresh.ledger.bulk.BulkState;
import io.creditrefresh.ledger.bulk.BulkWish;
import io.creditrefresh.ledger.bulk.BulkWork;
import io.creditrefresh.ledger.movement.Cause;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and writes {@code bulk_job}. */
public final class BulkJobStore {

    private static final String COLUMNS = """
            id,
                work,
                state,
                dry_run,
                (wish - 'userIds')::text,
                jsonb_array_length(wish -> 'userIds'),
                unknown_users,
                actor,
                reason,
                date_part('epoch', created_at)::bigint,
                date_part('epoch', finished_at)::bigint""";

    private static final String CREATE = """
            INSERT INTO bulk_job (work, state, dry_run, wish, unknown_users, actor, reason, created_at)
            SELECT
                ?,
                'listing',
                ?,
                w.wish,
                ARRAY (
                    SELECT u.user_id
                    FROM jsonb_array_elements_text(w.wish -> 'userIds') AS u (user_id)
                    WHERE NOT EXISTS (SELECT FROM subscriber s WHERE s.user_id = u.user_id)
                    ORDER BY u.user_id),
                ?,
                ?,
                to_timestamp(?)
            FROM (SELECT coalesce(?::jsonb, '{}')) AS w (wish)
            RETURNING
                %s
            """.formatted(COLUMNS);

    private static final String FIND = """
            SELECT
                %s
            FROM bulk_job
            WHERE id = ?
            """.formatted(COLUMNS);

    private static final String PAGE = """
            SELECT
                %s
            FROM bulk_job
            WHERE id < ?
            ORDER BY id DESC
            LIMIT ?
            """.formatted(COLUMNS);

    private static final String UNDER_WAY = """
            SELECT
                %s
            FROM bulk_job
            WHERE state IN ('listing', 'running')
            ORDER BY id
            LIMIT ?
            """.formatted(COLUMNS);

    private static final String COUNTS = """
            SELECT state, count(*)
            FROM bulk_item
            WHERE job_id = ?
            GROUP BY state
            """;

    private static final String CANCEL = """
            UPDATE bulk_job
            SET state = 'cancelled', finished_at = to_timestamp(?)
            WHERE id = ?
                AND state IN ('listing', 'running')
            """;

    private static final String FINISH = """
            UPDATE bulk_job j
            SET state = 'done', finished_at = to_timestamp(?)
            WHERE j.id = ?
                AND j.state = 'running'
                AND NOT EXISTS (SELECT FROM bulk_item i WHERE i.job_id = j.id AND i.state = 'open')
            """;

    private BulkJobStore() {}

    /** Begins a job; the planner does the rest. */
    public static BulkJob create(Connection connection, BulkWish wish, boolean dryRun, Cause cause, Instant now)
            throws SQLException {
        try (var insert = connection.prepareStatement(CREATE)) {
            insert.setString(1, wish.work().code());
            insert.setBoolean(2, dryRun);
            insert.setString(3, cause.actor());
            insert.setString(4, cause.reason());
            insert.setLong(5, now.getEpochSecond());
            insert.setString(6, Json.write(wish.asMap()));
            return read(insert).get(0);
        }
    }

    public static Optional<BulkJob> find(Connection connection, long id) throws SQLException {
        try (var select = connection.prepareStatement(FIND)) {
            select.setLong(1, id);
            return read(select).stream().findFirst();
        }
    }

    /** The newest jobs before an id. */
    public static List<BulkJob> page(Connection connection, long beforeId, int limit) throws SQLException {
        try (var select = connection.prepareStatement(PAGE)) {
            select.setLong(1, beforeId);
            select.setInt(2, limit);
            return read(select);
        }
    }

    /** Jobs that are not over, the oldest first. */
    public static List<BulkJob> underWay(Connection connection, int limit) throws SQLException {
        try (var select = connection.prepareStatement(UNDER_WAY)) {
            select.setInt(1, limit);
            return read(select);
        }
    }

    /** How many of its items stand where. */
    public static Map<BulkFate, Long> counts(Connection connection, long id) throws SQLException {
        try (var select = connection.prepareStatement(COUNTS)) {
            select.setLong(1, id);
            try (ResultSet rows = select.executeQuery()) {
                Map<BulkFate, Long> counts = new EnumMap<>(BulkFate.class);
                while (rows.next()) {
                    counts.put(BulkFate.of(rows.getString(1)), rows.getLong(2));
                }
                return counts;
            }
        }
    }

    /** Has nothing more of it begin; false if it is over. A batch that is under way is still finished. */
    public static boolean cancel(Connection connection, long id, Instant now) throws SQLException {
        return updateAt(connection, CANCEL, id, now);
    }

    /** Ends it if nothing of it is open; false if something is. */
    public static boolean finish(Connection connection, long id, Instant now) throws SQLException {
        return updateAt(connection, FINISH, id, now);
    }

    private static boolean updateAt(Connection connection, String sql, long id, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(sql)) {
            update.setLong(1, now.getEpochSecond());
            update.setLong(2, id);
            return update.executeUpdate() == 1;
        }
    }

    private static List<BulkJob> read(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            List<BulkJob> jobs = new ArrayList<>();
            while (rows.next()) {
                jobs.add(read(rows));
            }
            return jobs;
        }
    }

    private static BulkJob read(ResultSet row) throws SQLException {
        int users = row.getInt(6);
        Integer usersOrNone = row.wasNull() ? null : users;
        long finished = row.getLong(11);
        Instant finishedAt = row.wasNull() ? null : Instant.ofEpochSecond(finished);
        return new BulkJob(
                row.getLong(1),
                BulkWork.of(row.getString(2)),
                BulkState.of(row.getString(3)),
                row.getBoolean(4),
                row.getString(5),
                usersOrNone,
                List.of((String[]) row.getArray(7).getArray()),
                new Cause(row.getString(8), row.getString(9)),
                Instant.ofEpochSecond(row.getLong(10)),
                finishedAt);
    }
}
