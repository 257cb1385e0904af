package io.creditrefresh.ledger.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/** Periods of 30 days of 24 hours: no calendar, no daylight saving. */
public record ThirtyDayCycle() implements Cycle {

    /** 30 × 24 hours. */
    public static final Duration LENGTH = Duration.ofDays(30);

    @Override
    public Instant endOf(Instant start) {
        return start.plus(LENGTH);
    }

    @Override
    public Following following(Period ended, Instant now) {
        long missed = ended.hasEndedBy(now) ? Duration.between(ended.end(), now).dividedBy(LENGTH) : 0;
        Instant start = ended.end().plus(LENGTH.multipliedBy(missed));
        return new Following(new Period(start, endOf(start)), Math.toIntExact(missed));
    }

    @Override
    public OptionalInt refreshDay() {
        return OptionalInt.empty();
    }
}
