package io.creditrefresh.ledger.schedule;

import java.time.Instant;

/**
 * A minute of the 30-day circle: the epoch minute of {@code refresh_at} modulo 43,200. A regular refresh moves
 * {@code refresh_at} once around the circle, so the phase, and with it the index on it, stays as it is.
 */
public final class Phase {

    /** Minutes of 30 days. */
    public static final int MINUTES = 30 * Slot.MINUTES_PER_DAY;

    private Phase() {}

    /** 0 to 43,199. */
    public static int of(Instant refreshAt) {
        return ofMinute(epochMinute(refreshAt));
    }

    /** 0 to 43,199. */
    public static int ofMinute(long epochMinute) {
        return (int) Math.floorMod(epochMinute, (long) MINUTES);
    }

    /** Whole minutes since 1970-01-01T00:00Z, rounded down. */
    public static long epochMinute(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), 60L);
    }
}
