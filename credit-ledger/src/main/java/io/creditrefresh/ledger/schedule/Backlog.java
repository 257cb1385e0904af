package io.creditrefresh.ledger.schedule;

import java.time.Instant;

/**
 * How far along a long backlog jobs have been emitted, in the order of account ids.
 *
 * @param minute epoch minute; what comes due later is not part of it
 * @param accountId every account up to it is covered
 */
public record Backlog(long minute, long accountId) {

    /** None of it is emitted yet. */
    public static Backlog upTo(long minute) {
        return new Backlog(minute, 0);
    }

    /** The same with every account up to this one covered. */
    public Backlog reached(long accountId) {
        return new Backlog(minute, accountId);
    }

    /** Every {@code refresh_at} up to this one is part of it. */
    public Instant lastRefreshAt() {
        return Instant.ofEpochSecond(minute * 60);
    }

    /** Where the watermark stands when all of it is emitted. */
    public Watermark end() {
        return Watermark.endOf(minute);
    }
}
