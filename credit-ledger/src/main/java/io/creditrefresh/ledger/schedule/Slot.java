package io.creditrefresh.ledger.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A subscriber's minute of the UTC day, at which refreshes are emitted.
 *
 * @param minuteOfDay 0 to 1439
 */
public record Slot(int minuteOfDay) {

    public static final int MINUTES_PER_DAY = 1_440;

    private static final Duration DAY = Duration.ofDays(1);

    public Slot {
        if (minuteOfDay < 0 || minuteOfDay >= MINUTES_PER_DAY) {
            throw new IllegalArgumentException("a slot is a minute of the day, 0 to 1439: " + minuteOfDay);
        }
    }

    /** The slot of a user: the same on every machine and for ever, because changing it moves everybody's refresh. */
    public static Slot of(String userId) {
        return new Slot((int) Long.remainderUnsigned(hashOf(userId), MINUTES_PER_DAY));
    }

    /** What the slot of a user is the remainder of: the first 8 bytes of the SHA-256, to be read as unsigned. */
    public static long hashOf(String userId) {
        return UserHash.of(userId).first();
    }

    /** The slot at which {@code refreshAt} lies; every {@code refresh_at} lies at its account's slot. */
    public static Slot at(Instant refreshAt) {
        return new Slot((int) Math.floorMod(Math.floorDiv(refreshAt.getEpochSecond(), 60L), (long) MINUTES_PER_DAY));
    }

    /** The first instant at or after {@code earliest} that is a whole minute of this slot. */
    public Instant firstAtOrAfter(Instant earliest) {
        Instant sameDay = earliest.truncatedTo(ChronoUnit.DAYS).plus(minuteOfDay, ChronoUnit.MINUTES);
        return sameDay.isBefore(earliest) ? sameDay.plus(DAY) : sameDay;
    }

    /**
     * When the planner emits the job of a period that ends at {@code periodEnd}: at or after it, never before now.
     */
    public Instant refreshAt(Instant periodEnd, Instant now) {
        return firstAtOrAfter(periodEnd.isBefore(now) ? now : periodEnd);
    }
}
