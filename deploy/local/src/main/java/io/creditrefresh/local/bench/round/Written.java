package io.creditrefresh.local.bench.round;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * What a database has written since it was made.
 *
 * @param walBytes of the whole server
 * @param rows inserted, updated and deleted
 * @param updates of accounts
 * @param hotUpdates those of them that touched no index
 */
public record Written(long walBytes, long rows, long updates, long hotUpdates) {

    private static final String WAL = """
            SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn
            """;

    private static final String ROWS = """
            SELECT
                sum(n_tup_ins + n_tup_upd + n_tup_del),
                coalesce(sum(n_tup_upd) FILTER (WHERE relname = 'credit_account'), 0),
                coalesce(sum(n_tup_hot_upd) FILTER (WHERE relname = 'credit_account'), 0)
            FROM pg_stat_user_tables
            """;

    private static final String TELL = """
            SELECT pg_stat_force_next_flush()
            """;

    // Another session that is idle tells its counts after 10 s.
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final int POLL_MS = 200;

    /**
     * Reads the WAL at once, and the rows when the sessions have told of so many updates of accounts.
     *
     * @throws IllegalStateException if they do not
     */
    public static Written after(Connection connection, long updates) throws SQLException, InterruptedException {
        var wal = walBytes(connection);
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var written = read(connection, wal);
            if (written.updates >= updates) {
                return written;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "Postgres tells of %d updates, not of %d".formatted(written.updates, updates));
            }
            Thread.sleep(POLL_MS);
        }
    }

    public Written minus(Written earlier) {
        return new Written(
                walBytes - earlier.walBytes,
                rows - earlier.rows,
                updates - earlier.updates,
                hotUpdates - earlier.hotUpdates);
    }

    private static long walBytes(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(WAL);
                var row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Written read(Connection connection, long walBytes) throws SQLException {
        try (var tell = connection.prepareStatement(TELL);
                var select = connection.prepareStatement(ROWS)) {
            tell.execute();
            var row = select.executeQuery();
            row.next();
            return new Written(walBytes, row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }
}
