package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.refresh.RefreshFailure;
import io.creditrefresh.ledger.run.FailureLine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes {@code refresh_failure}: what is wrong with an account, as long as something is. */
public final class FailureStore {

    // A row of an earlier due_at is of a period that is over and counts for nothing. A row of the same due_at is only
    // changed by the attempt that it is waiting for: a job that is delivered twice burns one attempt.
    private static final String RECORD = """
            INSERT INTO refresh_failure AS f (
                account_id, due_at, next_attempt_at, first_failed_at, last_failed_at, attempts, state, category,
                last_error)
            VALUES (?, to_timestamp(?), to_timestamp(?), to_timestamp(?), to_timestamp(?), ?, ?, ?, ?)
            ON CONFLICT ON CONSTRAINT one_failure_per_account DO UPDATE
            SET
                due_at = EXCLUDED.due_at,
                next_attempt_at = EXCLUDED.next_attempt_at,
                first_failed_at = CASE WHEN f.due_at = EXCLUDED.due_at THEN f.first_failed_at
                    ELSE EXCLUDED.first_failed_at END,
                last_failed_at = EXCLUDED.last_failed_at,
                attempts = EXCLUDED.attempts,
                state = EXCLUDED.state,
                category = EXCLUDED.category,
                last_error = EXCLUDED.last_error
            WHERE f.due_at < EXCLUDED.due_at
                OR f.attempts = EXCLUDED.attempts - 1
            """;

    private static final String CLEAR = """
            DELETE FROM refresh_failure f
            USING unnest(?, ?) AS j (account_id, due_at)
            WHERE f.account_id = j.account_id
                AND f.due_at = to_timestamp(j.due_at)
            """;

    private static final String FIND = """
            SELECT
                account_id,
                date_part('epoch', due_at)::bigint,
                state,
                category,
                attempts,
                last_error,
                date_part('epoch', last_failed_at)::bigint,
                date_part('epoch', next_attempt_at)::bigint
            FROM refresh_failure
            WHERE account_id = ANY (?)
            """;

    private FailureStore() {}

    /** Writes down that an attempt failed; returns false when this attempt was already counted. */
    public static boolean record(Connection connection, RefreshFailure failure) throws SQLException {
        try (var write = connection.prepareStatement(RECORD)) {
            long failedAt = failure.failedAt().getEpochSecond();
            write.setLong(1, failure.accountId());
            write.setLong(2, failure.dueAt().getEpochSecond());
            write.setLong(3, failure.nextAttemptAt().getEpochSecond());
            write.setLong(4, failedAt);
            write.setLong(5, failedAt);
            write.setInt(6, failure.attempts());
            write.setString(7, failure.state().code());
            write.setString(8, failure.category().code());
            write.setString(9, failure.error());
            return write.executeUpdate() == 1;
        }
    }

    /** What is written down of each account; one of an earlier period counts for nothing. */
    public static Map<Long, FailureLine> find(Connection connection, long[] accountIds) throws SQLException {
        try (var select = connection.prepareStatement(FIND)) {
            select.setArray(1, Columns.longs(connection, accountIds));
            try (ResultSet rows = select.executeQuery()) {
                Map<Long, FailureLine> failures = new HashMap<>();
                while (rows.next()) {
                    failures.put(rows.getLong(1), RunLines.failure(rows));
                }
                return failures;
            }
        }
    }

    /** Removes the failures of jobs that are done with: refreshed, or their account has left that period or the schedule. */
    public static void clear(Connection connection, List<RefreshJob> done) throws SQLException {
        if (done.isEmpty()) {
            return;
        }
        Columns<RefreshJob> columns = new Columns<>(connection, done);
        try (var delete = connection.prepareStatement(CLEAR)) {
            delete.setArray(1, columns.longs(RefreshJob::accountId));
            delete.setArray(2, columns.longs(job -> job.dueAt().getEpochSecond()));
            delete.executeUpdate();
        }
    }
}
