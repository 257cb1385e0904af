package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.run.BatchLine;
import io.creditrefresh.ledger.run.EarlierRun;
import io.creditrefresh.ledger.run.FailureLine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Reads what runs, batches and failures have written down, one statement each. */
final class RunLines {

    // A run that was never opened may have batches, and one that was opened may have none.
    private static final String RUNS = """
            SELECT
                run_date,
                r.planned,
                b.refreshed,
                b.skipped,
                b.already,
                b.failed,
                b.busy_micros
            FROM (
                SELECT run_date, planned
                FROM refresh_run
                WHERE run_date BETWEEN ? AND ?
            ) r
            FULL JOIN (
                SELECT
                    run_date,
                    sum(refreshed) AS refreshed,
                    sum(skipped) AS skipped,
                    sum(already) AS already,
                    sum(failed) AS failed,
                    sum(busy_micros)::bigint AS busy_micros
                FROM refresh_batch
                WHERE run_date BETWEEN ? AND ?
                GROUP BY run_date
            ) b USING (run_date)
            ORDER BY run_date DESC
            """;

    private static final String BATCHES = """
            SELECT
                date_part('epoch', started_at)::bigint,
                date_part('epoch', finished_at)::bigint,
                run_date,
                applied_by,
                refreshed,
                skipped,
                already,
                failed,
                busy_micros
            FROM refresh_batch
            ORDER BY id DESC
            LIMIT ?
            """;

    // OFFSET 0 makes the database sort the failures first and look up one account after the other until there are
    // enough.
    // A plain join reads all accounts where there are many failures.
    private static final String FAILURES = """
            SELECT
                f.account_id,
                date_part('epoch', f.due_at)::bigint,
                f.state,
                f.category,
                f.attempts,
                f.last_error,
                date_part('epoch', f.last_failed_at)::bigint,
                date_part('epoch', f.next_attempt_at)::bigint
            FROM (
                SELECT account_id, due_at, state, category, attempts, last_error, last_failed_at, next_attempt_at
                FROM refresh_failure
                ORDER BY last_failed_at DESC, account_id
            ) f
            CROSS JOIN LATERAL (
                SELECT
                FROM credit_account a
                WHERE %s
                OFFSET 0
            ) present
            ORDER BY f.last_failed_at DESC, f.account_id
            LIMIT ?
            """.formatted(BacklogStore.IS_PRESENT);

    private RunLines() {}

    /** The runs of these days that were opened or have batches, newest first. */
    static List<EarlierRun> runs(Connection connection, LocalDate from, LocalDate to) throws SQLException {
        try (var select = connection.prepareStatement(RUNS)) {
            select.setObject(1, from);
            select.setObject(2, to);
            select.setObject(3, from);
            select.setObject(4, to);
            return read(select, RunLines::run);
        }
    }

    /** The newest batches, newest first. */
    static List<BatchLine> batches(Connection connection, int limit) throws SQLException {
        try (var select = connection.prepareStatement(BATCHES)) {
            select.setInt(1, limit);
            return read(select, RunLines::batch);
        }
    }

    /** The newest failures of present periods, newest first. */
    static List<FailureLine> failures(Connection connection, int limit) throws SQLException {
        try (var select = connection.prepareStatement(FAILURES)) {
            select.setInt(1, limit);
            return read(select, RunLines::failure);
        }
    }

    private interface Row<T> {

        T read(ResultSet row) throws SQLException;
    }

    private static <T> List<T> read(PreparedStatement select, Row<T> line) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            List<T> lines = new ArrayList<>();
            while (rows.next()) {
                lines.add(line.read(rows));
            }
            return lines;
        }
    }

    private static EarlierRun run(ResultSet row) throws SQLException {
        long planned = row.getLong(2);
        OptionalLong opened = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(planned);
        return new EarlierRun(
                row.getObject(1, LocalDate.class),
                opened,
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                micros(row.getLong(7)));
    }

    private static BatchLine batch(ResultSet row) throws SQLException {
        return new BatchLine(
                Instant.ofEpochSecond(row.getLong(1)),
                Instant.ofEpochSecond(row.getLong(2)),
                row.getObject(3, LocalDate.class),
                row.getString(4),
                row.getInt(5),
                row.getInt(6),
                row.getInt(7),
                row.getInt(8),
                micros(row.getLong(9)));
    }

    static FailureLine failure(ResultSet row) throws SQLException {
        return new FailureLine(
                row.getLong(1),
                Instant.ofEpochSecond(row.getLong(2)),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                row.getString(6),
                Instant.ofEpochSecond(row.getLong(7)),
                Instant.ofEpochSecond(row.getLong(8)));
    }

    private static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
