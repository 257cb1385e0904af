package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.bulk.BulkJob;
import io.creditrefresh.ledger.bulk.BulkWork;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/** Writes down which accounts a job is about: {@code bulk_item}, by ranges of account ids. */
public final class BulkListingStore {

    // Whom a restore has taken from is known when it is over.
    private static final String LOCK = """
            SELECT j.listed_to
            FROM bulk_job j
            WHERE j.id = ?
                AND j.state = 'listing'
                AND NOT EXISTS (
                    SELECT
                    FROM bulk_job r
                    WHERE r.id = (j.wish ->> 'restoredBy')::bigint
                        AND r.state IN ('listing', 'running'))
            FOR UPDATE SKIP LOCKED
            """;

    private static final String REFRESHES = """
            INSERT INTO bulk_item (job_id, account_id, refresh_seq)
            SELECT j.id, a.id, 0
            FROM bulk_job j
            JOIN credit_account a ON a.id > ? AND a.id <= ?
            JOIN subscriber s ON s.id = a.subscriber_id
            WHERE j.id = ?
                AND (j.wish ->> 'plan' IS NULL OR s.plan_code = j.wish ->> 'plan')
                AND (j.wish ->> 'billingState' IS NULL OR s.billing_state = j.wish ->> 'billingState')
                AND (j.wish ->> 'restoredBy' IS NULL OR EXISTS (
                    SELECT
                    FROM bulk_item i
                    WHERE i.job_id = (j.wish ->> 'restoredBy')::bigint
                        AND i.account_id = a.id
                        AND i.state IN ('restored', 'already')))
            ON CONFLICT DO NOTHING
            """;

    private static final String REFRESHES_OF_USERS = """
            INSERT INTO bulk_item (job_id, account_id, refresh_seq)
            SELECT j.id, a.id, 0
            FROM bulk_job j
            CROSS JOIN jsonb_array_elements_text(j.wish -> 'userIds') AS u (user_id)
            JOIN subscriber s ON s.user_id = u.user_id
            JOIN credit_account a ON a.subscriber_id = s.id
            WHERE j.id = ?
            ON CONFLICT DO NOTHING
            """;

    private static final String RESTORES = """
            INSERT INTO bulk_item (job_id, account_id, refresh_seq)
            SELECT j.id, e.account_id, e.seq
            FROM bulk_job j
            JOIN ledger_entry e ON e.account_id > ? AND e.account_id <= ?
            JOIN credit_account a ON a.id = e.account_id
            JOIN subscriber s ON s.id = a.subscriber_id
            WHERE j.id = ?
                AND e.type = 'REFRESH'
                AND s.user_id !~ '^anonymised-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                AND e.created_at >= (j.wish ->> 'from')::timestamptz
                AND e.created_at < (j.wish ->> 'to')::timestamptz
            ON CONFLICT DO NOTHING
            """;

    private static final String RESTORES_OF_USERS = """
            INSERT INTO bulk_item (job_id, account_id, refresh_seq)
            SELECT j.id, e.account_id, e.seq
            FROM bulk_job j
            CROSS JOIN jsonb_array_elements_text(j.wish -> 'userIds') AS u (user_id)
            JOIN subscriber s ON s.user_id = u.user_id
            JOIN credit_account a ON a.subscriber_id = s.id
            JOIN ledger_entry e ON e.account_id = a.id
            WHERE j.id = ?
                AND e.type = 'REFRESH'
                AND e.created_at >= (j.wish ->> 'from')::timestamptz
                AND e.created_at < (j.wish ->> 'to')::timestamptz
            ON CONFLICT DO NOTHING
            """;

    private static final String MOVE = """
            UPDATE bulk_job
            SET listed_to = ?
            WHERE id = ?
            """;

    private static final String RUN = """
            UPDATE bulk_job
            SET state = 'running'
            WHERE id = ?
            """;

    private static final String LAST_ACCOUNT = """
            SELECT coalesce(max(id), 0)
            FROM credit_account
            """;

    private BulkListingStore() {}

    /**
     * Lists the next range of a job, and has it run once all are listed, in the caller's transaction.
     *
     * @param accounts size of the range, numbers of account ids
     * @return whether there is more to list; false also if somebody else lists it, it is cancelled, or it
     *     waits for the end of a restore
     */
    public static boolean list(Connection connection, BulkJob job, int accounts) throws SQLException {
        OptionalLong listed = lock(connection, job.id());
        if (listed.isEmpty()) {
            return false;
        }
        if (job.users() != null) {
            update(connection, job.work() == BulkWork.REFRESH ? REFRESHES_OF_USERS : RESTORES_OF_USERS, job.id());
            update(connection, RUN, job.id());
            return false;
        }
        long to = listed.getAsLong() + accounts;
        update(connection, job.work() == BulkWork.REFRESH ? REFRESHES : RESTORES, listed.getAsLong(), to, job.id());
        if (to >= lastAccount(connection)) {
            update(connection, RUN, job.id());
            return false;
        }
        update(connection, MOVE, to, job.id());
        return true;
    }

    private static OptionalLong lock(Connection connection, long jobId) throws SQLException {
        try (var select = connection.prepareStatement(LOCK)) {
            select.setLong(1, jobId);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    private static long lastAccount(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(LAST_ACCOUNT);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void update(Connection connection, String sql, long... parameters) throws SQLException {
        try (var update = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                update.setLong(i + 1, parameters[i]);
            }
            update.executeUpdate();
        }
    }
}
