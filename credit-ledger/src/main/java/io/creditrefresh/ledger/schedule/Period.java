package io.creditrefresh.ledger.schedule;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * {@code [start, end)}, UTC instants in whole seconds. A finer start would be lost on its way through a database or a
 * client that counts in seconds, and then no compare and set on it could succeed.
 */
public record Period(Instant start, Instant end) {

    public Period {
        if (!end.isAfter(start)) {
            throw new IllegalArgumentException("a period ends after it starts: " + start + " to " + end);
        }
        if (!isWholeSecond(start) || !isWholeSecond(end)) {
            throw new IllegalArgumentException("a period is in whole seconds: " + start + " to " + end);
        }
    }

    private static boolean isWholeSecond(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).equals(instant);
    }

    public boolean hasEndedBy(Instant now) {
        return !end.isAfter(now);
    }
}
