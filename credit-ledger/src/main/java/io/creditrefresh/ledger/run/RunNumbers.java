package io.creditrefresh.ledger.run;

import java.time.LocalDate;
import java.util.OptionalLong;

/**
 * Where the accounts of one run stand, each number counted from its own source. An account belongs to the run of the
 * UTC date of its {@code refresh_at}, and to exactly one of refreshed, retrying, failed, pending and held.
 *
 * @param planned accounts that the run was opened with; empty until it is opened
 * @param refreshed refreshes, by whomever
 * @param retrying failed and tried again
 * @param failed out of retries
 * @param pending due or coming, without a failure
 * @param inFlight the part of {@code pending} that the planner's watermark has passed: emitted, not yet in the ledger
 * @param held on hold or past due, with a period that ends before the end of the day
 */
public record RunNumbers(
        LocalDate date,
        OptionalLong planned,
        long refreshed,
        long retrying,
        long failed,
        long pending,
        long inFlight,
        long held) {

    public RunNumbers {
        if (inFlight > pending) {
            throw new IllegalArgumentException("what is in flight is pending: " + inFlight + " of " + pending);
        }
    }

    /** All accounts of the run. */
    public long expected() {
        return refreshed + retrying + failed + pending + held;
    }
}
