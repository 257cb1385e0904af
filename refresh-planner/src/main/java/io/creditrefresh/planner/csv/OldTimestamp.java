package io.creditrefresh.planner.csv;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which old dumps write a time: ISO-8601 with {@code Z} or an offset, the same with a space for the T and
 * before the offset, without a zone (UTC), or a date only (its start in UTC).
 */
final class OldTimestamp {

    private static final Pattern FORM = Pattern.compile(
            "(?<date>\\d{4}-\\d\\d-\\d\\d)"
                    + "(?:[T ](?<time>\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?)"
                    + " ?(?<zone>Z|[+-]\\d\\d(?::?\\d\\d)?)?)?",
            Pattern.CASE_INSENSITIVE);

    private OldTimestamp() {}

    /** Null if {@code text} is not a time in any of these ways. */
    static @Nullable Instant parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return null;
        }
        String time = form.group("time");
        String zone = form.group("zone");
        try {
            return LocalDate.parse(form.group("date"))
                    .atTime(time == null ? LocalTime.MIDNIGHT : LocalTime.parse(time))
                    .toInstant(zone == null ? ZoneOffset.UTC : ZoneOffset.of(zone.toUpperCase(Locale.ROOT)));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
