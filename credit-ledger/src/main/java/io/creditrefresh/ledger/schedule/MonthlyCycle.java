package io.creditrefresh.ledger.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.OptionalInt;

/**
 * Periods that end at 00:00 UTC on one day of the month, clamped to the month's last day.
 *
 * <p>A period ends on the day nearest to 30 days after its start, the later of two that are equally near. Between two
 * such days that is the next one; after a change of the day it makes one bridging period of 15 to 46 days.
 *
 * @param day 1 to 31; the 31st of a shorter month is its last day
 */
public record MonthlyCycle(int day) implements Cycle {

    public MonthlyCycle {
        if (day < 1 || day > 31) {
            throw new IllegalArgumentException("a refresh day is a day of a month, 1 to 31: " + day);
        }
    }

    @Override
    public Instant endOf(Instant start) {
        Instant target = start.plus(ThirtyDayCycle.LENGTH);
        Instant later = firstBoundaryAfter(target.minusNanos(1));
        Instant earlier = boundaryIn(monthOf(later).minusMonths(1));
        boolean earlierIsNearer = Duration.between(earlier, target).compareTo(Duration.between(target, later)) < 0;
        return earlierIsNearer ? earlier : later;
    }

    @Override
    public Following following(Period ended, Instant now) {
        Instant start = ended.end();
        Instant end = endOf(start);
        int skipped = 0;
        while (!end.isAfter(now)) {
            start = end;
            end = endOf(start);
            skipped++;
        }
        return new Following(new Period(start, end), skipped);
    }

    @Override
    public OptionalInt refreshDay() {
        return OptionalInt.of(day);
    }

    /** The first boundary of this cycle later than {@code instant}. */
    public Instant firstBoundaryAfter(Instant instant) {
        YearMonth month = monthOf(instant);
        Instant boundary = boundaryIn(month);
        return boundary.isAfter(instant) ? boundary : boundaryIn(month.plusMonths(1));
    }

    /** The boundary before the one at {@code boundary}. */
    public Instant boundaryBefore(Instant boundary) {
        return boundaryIn(monthOf(boundary).minusMonths(1));
    }

    private Instant boundaryIn(YearMonth month) {
        return month.atDay(Math.min(day, month.lengthOfMonth()))
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    private static YearMonth monthOf(Instant instant) {
        return YearMonth.from(instant.atOffset(ZoneOffset.UTC));
    }
}
