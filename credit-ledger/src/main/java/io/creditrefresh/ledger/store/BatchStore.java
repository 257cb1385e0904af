package io.creditrefresh.ledger.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/** Writes {@code refresh_batch}: what one batch did for one run. Nobody fights for these rows. */
public final class BatchStore {

    private static final String INSERT = """
            INSERT INTO refresh_batch (
                run_date, applied_by, started_at, finished_at, busy_micros, refreshed, skipped, already, failed)
            VALUES (?, ?, to_timestamp(?), to_timestamp(?), ?, ?, ?, ?, ?)
            """;

    private BatchStore() {}

    /**
     * What became of the jobs of one batch and one run.
     *
     * @param skipped of accounts that are off the schedule, not due, locked by others or unknown
     * @param already of accounts that had left the job's period
     */
    public record Counts(int refreshed, int skipped, int already, int failed) {

        /** All of them. */
        public int jobs() {
            return refreshed + skipped + already + failed;
        }
    }

    /**
     * When a batch ran.
     *
     * @param startedAt by the service's clock, as is {@code finishedAt}
     * @param busy elapsed real time; of a batch of several runs, the share of this one
     */
    public record Span(Instant startedAt, Instant finishedAt, Duration busy) {}

    public static void insert(Connection connection, LocalDate runDate, String appliedBy, Span span, Counts counts)
            throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, runDate);
            insert.setString(2, appliedBy);
            insert.setLong(3, span.startedAt().getEpochSecond());
            insert.setLong(4, span.finishedAt().getEpochSecond());
            insert.setLong(5, span.busy().toNanos() / 1_000);
            insert.setInt(6, counts.refreshed());
            insert.setInt(7, counts.skipped());
            insert.setInt(8, counts.already());
            insert.setInt(9, counts.failed());
            insert.executeUpdate();
        }
    }
}
