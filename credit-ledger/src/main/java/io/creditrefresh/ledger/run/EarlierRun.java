package io.creditrefresh.ledger.run;

import java.time.Duration;
import java.time.LocalDate;
import java.util.OptionalLong;

/**
 * What was done for the run of an earlier day, until now.
 *
 * @param planned accounts that the run was opened with; empty if it never was
 * @param skipped jobs of accounts that were off the schedule, not due, locked or unknown
 * @param already jobs of accounts that had left the job's period
 * @param failedAttempts attempts, not accounts
 * @param busy elapsed real time of all batches together
 */
public record EarlierRun(
        LocalDate date,
        OptionalLong planned,
        long refreshed,
        long skipped,
        long already,
        long failedAttempts,
        Duration busy) {}
