package io.creditrefresh.ledger.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Spreads the first period ends of users without a last refresh over 30 days, independently of their slots. */
public final class Stagger {

    private static final long SECONDS = ThirtyDayCycle.LENGTH.toSeconds();

    private Stagger() {}

    /** Later than {@code now} and at most 30 days away, in whole seconds. */
    public static Instant firstPeriodEnd(String userId, Instant now) {
        long offset = Long.remainderUnsigned(UserHash.of(userId).second(), SECONDS) + 1;
        return now.truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofSeconds(offset));
    }
}
