package io.creditrefresh.ledger.schedule;

import java.time.Instant;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** How an account's periods follow each other: each one starts where the last one ended, without drift. */
public sealed interface Cycle permits ThirtyDayCycle, MonthlyCycle {

    /** The cycle of an account: on {@code refreshDay} of each month if it has one, else every 30 days. */
    static Cycle of(@Nullable Integer refreshDay) {
        return refreshDay == null ? new ThirtyDayCycle() : new MonthlyCycle(refreshDay);
    }

    /** The end of the period that starts at {@code start}. */
    Instant endOf(Instant start);

    /** The period after {@code ended} that contains {@code now}, and how many were missed on the way to it. */
    Following following(Period ended, Instant now);

    OptionalInt refreshDay();

    /**
     * A period that comes after another.
     *
     * @param skipped number of whole periods between the two, 0 in a regular cycle
     */
    record Following(Period period, int skipped) {}
}
