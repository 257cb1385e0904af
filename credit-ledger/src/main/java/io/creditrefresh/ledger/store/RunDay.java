package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.schedule.Slot;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The UTC day of a run. The circle of phases is exactly 30 days long, so a day is one block of 1,440 phases in it. */
record RunDay(LocalDate date) {

    static RunDay of(Instant now) {
        return new RunDay(LocalDate.ofInstant(now, ZoneOffset.UTC));
    }

    RunDay next() {
        return new RunDay(date.plusDays(1));
    }

    /** Epoch minute. */
    long firstMinute() {
        return date.toEpochDay() * Slot.MINUTES_PER_DAY;
    }

    /** Epoch minute, the first that is not of this day. */
    long endMinute() {
        return firstMinute() + Slot.MINUTES_PER_DAY;
    }

    long firstSecond() {
        return firstMinute() * 60;
    }

    long endSecond() {
        return endMinute() * 60;
    }

    Phases phases() {
        return new Phases(Phase.ofMinute(firstMinute()), Phase.ofMinute(endMinute() - 1));
    }
}
