package io.creditrefresh.local.bench.round;

import java.time.LocalDate;

/**
 * The accounts of a round: those that are measured, and some that are refreshed before, so that every process is at its
 * usual speed. They were due on two days that are over.
 *
 * @param template name of the database
 * @param due accounts that are measured
 * @param warmUp accounts that are refreshed before
 * @param day on which the measured ones were due; the others on the day after it
 */
public record Scene(String template, int due, int warmUp, LocalDate day) {

    public LocalDate warmUpDay() {
        return day.plusDays(1);
    }
}
