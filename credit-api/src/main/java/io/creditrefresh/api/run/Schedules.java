package io.creditrefresh.api.run;

import io.creditrefresh.api.run.SimulatedSchedule.ScheduledDay;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.schedule.Slot;
import io.creditrefresh.ledger.store.ScheduleStore;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Looks ahead in the schedule. */
@Singleton
class Schedules {

    private static final int DAYS_DEFAULT = 30;
    private static final int DAYS_MAX = 90;
    private static final int MINUTES_PER_HOUR = 60;
    private static final LocalDate LAST_DAY = LocalDate.of(9999, 1, 1);

    private final DataSource database;
    private final InstantSource clock;

    Schedules(DataSource database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Refreshes by minute, or the problem {@code invalid_request}.
     *
     * @param from a date; null: today
     * @param days 1 to 90; null: 30
     */
    SimulatedSchedule simulate(@Nullable String from, @Nullable String days) throws SQLException {
        LocalDate first = from == null ? LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) : date(from);
        int count = days == null ? DAYS_DEFAULT : days(days);
        try (Connection connection = database.getConnection()) {
            return of(ScheduleStore.perPhase(connection), first, count);
        }
    }

    static SimulatedSchedule of(int[] perPhase, LocalDate from, int days) {
        long firstMinute = from.toEpochDay() * Slot.MINUTES_PER_DAY;
        long minutes = (long) days * Slot.MINUTES_PER_DAY;
        long[] perSlot = new long[Slot.MINUTES_PER_DAY];
        List<ScheduledDay> data = new ArrayList<>();
        long busiest = firstMinute;
        long refreshes = 0;
        for (int day = 0; day < days; day++) {
            Long[] perHour = new Long[Slot.MINUTES_PER_DAY / MINUTES_PER_HOUR];
            Arrays.fill(perHour, 0L);
            for (int slot = 0; slot < Slot.MINUTES_PER_DAY; slot++) {
                long minute = firstMinute + (long) day * Slot.MINUTES_PER_DAY + slot;
                int due = perPhase[Phase.ofMinute(minute)];
                perSlot[slot] += due;
                perHour[slot / MINUTES_PER_HOUR] += due;
                busiest = due > perPhase[Phase.ofMinute(busiest)] ? minute : busiest;
            }
            long ofDay = Arrays.stream(perHour).mapToLong(each -> each).sum();
            refreshes += ofDay;
            data.add(new ScheduledDay(from.plusDays(day), ofDay, List.of(perHour)));
        }
        double meanOfSlot = (double) refreshes / Slot.MINUTES_PER_DAY;
        return new SimulatedSchedule(
                from,
                days,
                refreshes,
                Instant.ofEpochSecond(busiest * 60),
                perPhase[Phase.ofMinute(busiest)],
                (double) refreshes / minutes,
                refreshes == 0 ? 1 : Arrays.stream(perSlot).max().orElse(0) / meanOfSlot,
                data);
    }

    private static LocalDate date(String text) {
        try {
            LocalDate date = LocalDate.parse(text);
            if (!date.isBefore(LocalDate.EPOCH) && date.isBefore(LAST_DAY)) {
                return date;
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw ProblemCode.INVALID_REQUEST.problem("from is a date as 2026-01-31");
    }

    private static int days(String text) {
        return IntStream.rangeClosed(1, DAYS_MAX)
                .filter(day -> text.equals(String.valueOf(day)))
                .findFirst()
                .orElseThrow(() -> ProblemCode.INVALID_REQUEST.problem("days is 1 to " + DAYS_MAX));
    }
}
