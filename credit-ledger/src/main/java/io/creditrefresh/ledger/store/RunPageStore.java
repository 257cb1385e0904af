package io.creditrefresh.ledger.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Days of refreshing, as planned when each began and as done by batches. */
public final class RunPageStore {

    private static final int HOURS = 24;
    private static final int MINUTES_PER_HOUR = 60;

    private static final String RUNS = """
            SELECT run_date, date_part('epoch', opened_at)::bigint, planned, planned_per_slot
            FROM refresh_run
            WHERE run_date < ?
            ORDER BY run_date DESC
            LIMIT ?
            """;

    // What is done on a later day than its run's has hour 24.
    private static final String DONE = """
            SELECT
                b.run_date,
                CASE
                    WHEN (b.finished_at AT TIME ZONE 'UTC')::date > b.run_date THEN 24
                    ELSE date_part('hour', b.finished_at AT TIME ZONE 'UTC')::integer
                END,
                sum(b.refreshed),
                sum(b.skipped),
                sum(b.failed),
                date_part('epoch', max(b.finished_at))::bigint
            FROM refresh_batch b
            WHERE b.run_date = ANY (?)
            GROUP BY 1, 2
            """;

    private RunPageStore() {}

    /**
     * One day.
     *
     * @param planned accounts, as forecast when the day began
     * @param plannedPerHour the same by the hour of the day, 24 numbers
     * @param refreshedPerHour accounts, by the hour in which they were; 24 numbers
     * @param refreshedLater accounts of this day's run that were refreshed on a later day
     * @param skipped left to a later job, because somebody else was at them; counted each time
     * @param failed attempts
     * @param lastBatchAt null before the first
     */
    public record RunLine(
            LocalDate date,
            Instant openedAt,
            long planned,
            List<Long> plannedPerHour,
            List<Long> refreshedPerHour,
            long refreshedLater,
            long skipped,
            long failed,
            @Nullable Instant lastBatchAt) {}

    /** Days before a date, the latest first, so many at the most. */
    public static List<RunLine> before(Connection connection, LocalDate date, int limit) throws SQLException {
        try (var select = connection.prepareStatement(RUNS)) {
            select.setObject(1, date);
            select.setInt(2, limit);
            List<Planned> planned = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    planned.add(new Planned(
                            rows.getObject(1, LocalDate.class),
                            Instant.ofEpochSecond(rows.getLong(2)),
                            rows.getLong(3),
                            perHour((Integer[]) rows.getArray(4).getArray())));
                }
            }
            Map<LocalDate, Done> done = done(connection, planned);
            return planned.stream()
                    .map(run -> line(run, done.getOrDefault(run.date, new Done())))
                    .toList();
        }
    }

    private record Planned(LocalDate date, Instant openedAt, long planned, List<Long> perHour) {}

    private static final class Done {
        private final long[] perHour = new long[HOURS];
        private long later;
        private long skipped;
        private long failed;
        private long lastSecond;
    }

    private static RunLine line(Planned run, Done done) {
        return new RunLine(
                run.date,
                run.openedAt,
                run.planned,
                run.perHour,
                Arrays.stream(done.perHour).boxed().toList(),
                done.later,
                done.skipped,
                done.failed,
                done.lastSecond == 0 ? null : Instant.ofEpochSecond(done.lastSecond));
    }

    private static Map<LocalDate, Done> done(Connection connection, List<Planned> runs) throws SQLException {
        Map<LocalDate, Done> byDate = new HashMap<>();
        try (var select = connection.prepareStatement(DONE)) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "date", runs.stream().map(Planned::date).toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Done done = byDate.computeIfAbsent(rows.getObject(1, LocalDate.class), date -> new Done());
                    int hour = rows.getInt(2);
                    if (hour == HOURS) {
                        done.later += rows.getLong(3);
                    } else {
                        done.perHour[hour] += rows.getLong(3);
                    }
                    done.skipped += rows.getLong(4);
                    done.failed += rows.getLong(5);
                    done.lastSecond = Math.max(done.lastSecond, rows.getLong(6));
                }
            }
        }
        return byDate;
    }

    private static List<Long> perHour(Integer[] perSlot) {
        long[] perHour = new long[HOURS];
        for (int slot = 0; slot < perSlot.length; slot++) {
            perHour[slot / MINUTES_PER_HOUR] += perSlot[slot];
        }
        return Arrays.stream(perHour).boxed().toList();
    }
}
