package io.creditrefresh.ledger.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Failures as operators look at them: of accounts that are on the schedule, and of their present period only. */
public final class FailurePageStore {

    private static final String FILTER = """
            JOIN credit_account a ON %s
            JOIN subscriber s ON s.id = a.subscriber_id
            WHERE (?::text IS NULL OR f.state = ?)
                AND (?::text IS NULL OR f.category = ?)
                AND (?::text IS NULL OR f.last_error = ?)
            """.formatted(BacklogStore.IS_PRESENT);

    private static final String PAGE = """
            SELECT
                f.account_id,
                s.user_id,
                a.kind,
                date_part('epoch', f.due_at)::bigint,
                f.attempts,
                f.state,
                f.category,
                f.last_error,
                date_part('epoch', f.first_failed_at)::bigint,
                date_part('epoch', f.last_failed_at)::bigint,
                date_part('epoch', f.next_attempt_at)::bigint
            FROM refresh_failure f
            %s
                AND f.account_id > ?
            ORDER BY f.account_id
            LIMIT ?
            """.formatted(FILTER);

    private static final String GROUPS = """
            SELECT
                f.category,
                f.last_error,
                count(*) FILTER (WHERE f.state = 'retrying'),
                count(*) FILTER (WHERE f.state = 'exhausted'),
                date_part('epoch', min(f.first_failed_at))::bigint,
                date_part('epoch', max(f.last_failed_at))::bigint
            FROM refresh_failure f
            %s
            GROUP BY f.category, f.last_error
            ORDER BY count(*) DESC, f.category, f.last_error
            LIMIT ?
            """.formatted(FILTER);

    // What waits for its planner already is left alone.
    private static final String REDRIVE_ONE = """
            UPDATE refresh_failure f
            SET next_attempt_at = to_timestamp(?)
            FROM credit_account a
            WHERE %s
                AND f.account_id = ?
            RETURNING a.subscriber_id
            """.formatted(BacklogStore.IS_PRESENT);

    private static final String REDRIVE = """
            UPDATE refresh_failure r
            SET next_attempt_at = to_timestamp(?)
            FROM (
                SELECT f.account_id
                FROM refresh_failure f
                %s
                    AND f.next_attempt_at > to_timestamp(?)
            ) found
            WHERE r.account_id = found.account_id
            """.formatted(FILTER);

    private FailurePageStore() {}

    /** Which failures; null: all. */
    public record Filter(
            @Nullable String state,
            @Nullable String category,
            @Nullable String error) {}

    /**
     * A failure.
     *
     * @param dueAt the end of the period that it keeps from being refreshed
     */
    public record Line(
            long accountId,
            String userId,
            String kind,
            Instant dueAt,
            int attempts,
            String state,
            String category,
            String error,
            Instant firstFailedAt,
            Instant lastFailedAt,
            Instant nextAttemptAt) {}

    /** Failures of one error. */
    public record Group(
            String category,
            String error,
            long retrying,
            long exhausted,
            Instant firstFailedAt,
            Instant lastFailedAt) {}

    /** Those behind an account id, so many at the most. */
    public static List<Line> page(Connection connection, Filter filter, long afterAccountId, int limit)
            throws SQLException {
        try (var select = connection.prepareStatement(PAGE)) {
            int next = set(select, 1, filter);
            select.setLong(next, afterAccountId);
            select.setInt(next + 1, limit);
            try (ResultSet rows = select.executeQuery()) {
                List<Line> lines = new ArrayList<>();
                while (rows.next()) {
                    lines.add(new Line(
                            rows.getLong(1),
                            rows.getString(2),
                            rows.getString(3),
                            instant(rows, 4),
                            rows.getInt(5),
                            rows.getString(6),
                            rows.getString(7),
                            rows.getString(8),
                            instant(rows, 9),
                            instant(rows, 10),
                            instant(rows, 11)));
                }
                return lines;
            }
        }
    }

    /** By error, the most frequent first, so many at the most. */
    public static List<Group> groups(Connection connection, Filter filter, int limit) throws SQLException {
        try (var select = connection.prepareStatement(GROUPS)) {
            select.setInt(set(select, 1, filter), limit);
            try (ResultSet rows = select.executeQuery()) {
                List<Group> groups = new ArrayList<>();
                while (rows.next()) {
                    groups.add(new Group(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getLong(3),
                            rows.getLong(4),
                            instant(rows, 5),
                            instant(rows, 6)));
                }
                return groups;
            }
        }
    }

    /** Has an account tried again by the planner's next tick; false if nothing of its present period has failed. */
    public static boolean redrive(Connection connection, long accountId, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(REDRIVE_ONE)) {
            update.setLong(1, now.getEpochSecond());
            update.setLong(2, accountId);
            try (ResultSet row = update.executeQuery()) {
                return row.next();
            }
        }
    }

    /** The same for all that a filter finds and that are not to be tried by now anyway; returns how many. */
    public static int redrive(Connection connection, Filter filter, Instant now) throws SQLException {
        try (var update = connection.prepareStatement(REDRIVE)) {
            update.setLong(1, now.getEpochSecond());
            update.setLong(set(update, 2, filter), now.getEpochSecond());
            return update.executeUpdate();
        }
    }

    private static int set(PreparedStatement statement, int from, Filter filter) throws SQLException {
        int parameter = from;
        for (String value : new @Nullable String[] {filter.state(), filter.category(), filter.error()}) {
            statement.setString(parameter++, value);
            statement.setString(parameter++, value);
        }
        return parameter;
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return Instant.ofEpochSecond(row.getLong(column));
    }
}
