package io.creditrefresh.local.day;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** One line that shows how far the day is. */
public final class ProgressLine {

    private static final DateTimeFormatter TIME_OF_DAY =
            DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);
    private static final int BAR_WIDTH = 20;

    private final SimulatedDay day;

    public ProgressLine(SimulatedDay day) {
        this.day = day;
    }

    /**
     * The text, at most 120 characters up to a million users.
     *
     * @param ratePerSecond refreshes per real second
     */
    public String text(Progress progress, double ratePerSecond) {
        return String.format(
                Locale.ROOT,
                "%s [%s] emitted %,d  refreshed %,d  held %,d  failed %,d  %,.0f/s  lag %,d",
                timeOfDay(progress),
                bar(progress),
                progress.emitted(),
                progress.refreshed(),
                progress.held(),
                progress.failed(),
                ratePerSecond,
                progress.lag());
    }

    private String timeOfDay(Progress progress) {
        return progress.time().isBefore(day.end()) ? TIME_OF_DAY.format(progress.time()) : "24:00";
    }

    private String bar(Progress progress) {
        var passed = Duration.between(day.start(), progress.time()).toMillis();
        var length = Duration.between(day.start(), day.end()).toMillis();
        var filled = (int) Math.max(0, Math.min(BAR_WIDTH, BAR_WIDTH * passed / length));
        return "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled);
    }
}
