package io.creditrefresh.api.run;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What the schedule holds for days to come, if everybody stays on it as now: each account once in 30 days, in its own
 * minute. Those with a day of the month of their own are counted with their next refresh, and again 30 days later.
 *
 * @param from the first day, UTC
 * @param days how many
 * @param refreshes in all of them
 * @param busiestMinute the first of those with the most
 * @param mostPerMinute refreshes in it
 * @param meanPerMinute refreshes in an average minute
 * @param evenness the most of any minute of the day over the mean of all, both summed over the days; 1 is perfectly even
 */
public record SimulatedSchedule(
        LocalDate from,
        int days,
        long refreshes,
        Instant busiestMinute,
        long mostPerMinute,
        double meanPerMinute,
        double evenness,
        List<ScheduledDay> data) {

    /**
     * One day.
     *
     * @param perHour refreshes in each of its 24 hours
     */
    public record ScheduledDay(LocalDate date, long refreshes, List<Long> perHour) {}
}
