package io.creditrefresh.ledger.schedule;

import java.time.Instant;

/**
 * How far along the schedule jobs have been emitted, in the order of minute and account id.
 *
 * @param minute epoch minute of {@code refresh_at}
 * @param accountId the last account of that minute that is covered; {@link #WHOLE_MINUTE}: all of them
 */
public record Watermark(long minute, long accountId) {

    public static final long WHOLE_MINUTE = Long.MAX_VALUE;

    /** Covers all of {@code minute} and what lies before it. */
    public static Watermark endOf(long minute) {
        return new Watermark(minute, WHOLE_MINUTE);
    }

    /** Whether every account of {@code minute} and of the minutes before it is covered. */
    public boolean covers(long minute) {
        return lastWholeMinute() >= minute;
    }

    /** The last epoch minute that is covered to its end. */
    public long lastWholeMinute() {
        return accountId == WHOLE_MINUTE ? minute : minute - 1;
    }

    /** Every {@code refresh_at} up to this one is covered, and of the minute after it maybe some. */
    public Instant lastRefreshAt() {
        return Instant.ofEpochSecond(lastWholeMinute() * 60);
    }
}
