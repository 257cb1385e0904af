package io.creditrefresh.local.day;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a day's refreshes were spread.
 *
 * @param perHour 24 counts, by the simulated time at which they were written
 * @param busiestSlot minute of the day with the most refreshes, and their number; empty when there was none
 * @param perPlan counts by plan, most first
 */
public record DayChart(List<Long> perHour, Map<String, Long> busiestSlot, Map<String, Long> perPlan) {

    private static final int BAR_WIDTH = 40;
    private static final int HOURS_PER_LINE = 2;
    private static final int MINUTES_PER_DAY = 1_440;

    public static DayChart of(SimulatedDay day, Connection connection) throws SQLException {
        var queries = new DayQueries(connection);
        return new DayChart(
                queries.refreshedPerHour(day.date()),
                queries.busiestSlot(day.date()),
                queries.refreshedPerPlan(day.date()));
    }

    /** A small bar chart of the day and one line of figures each for slots and plans. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        var pairs = new ArrayList<Long>();
        for (int hour = 0; hour < perHour.size(); hour += HOURS_PER_LINE) {
            pairs.add(perHour.subList(hour, hour + HOURS_PER_LINE).stream()
                    .mapToLong(Long::longValue)
                    .sum());
        }
        var most = Math.max(1, pairs.stream().mapToLong(Long::longValue).max().orElse(1));
        for (int line = 0; line < pairs.size(); line++) {
            var count = pairs.get(line);
            lines.add(String.format(
                    Locale.ROOT,
                    "%02d:00 %-" + BAR_WIDTH + "s %,d",
                    line * HOURS_PER_LINE,
                    "#".repeat((int) (BAR_WIDTH * count / most)),
                    count));
        }
        busiestSlot.forEach((slot, count) -> lines.add(slots(Integer.parseInt(slot), count)));
        lines.add("plans: "
                + perPlan.entrySet().stream()
                        .map(plan -> String.format(Locale.ROOT, "%s %,d", plan.getKey(), plan.getValue()))
                        .collect(Collectors.joining(", ")));
        return lines;
    }

    private String slots(int busiest, long count) {
        var all = perHour.stream().mapToLong(Long::longValue).sum();
        return String.format(
                Locale.ROOT,
                "1,440 slots, %.1f refreshes each on average; busiest %02d:%02d with %,d",
                (double) all / MINUTES_PER_DAY,
                busiest / 60,
                busiest % 60,
                count);
    }
}
