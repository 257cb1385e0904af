package io.creditrefresh.api.run;

import io.creditrefresh.ledger.run.RunNumbers;
import io.creditrefresh.ledger.run.RunSnapshot;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Where the accounts of one run stand: each is in exactly one of refreshed, retrying, failed, pending and held.
 *
 * @param planned accounts that the run was opened with; null until the planner opens it
 * @param expected all accounts of the run: the sum of the five
 * @param retrying failed and tried again by itself
 * @param failed out of retries: a matter for people
 * @param pending due or coming
 * @param inFlight the part of {@code pending} that has been emitted and is not yet in the ledger
 * @param held on hold or past due
 */
public record RunStanding(
        LocalDate date,
        @Nullable Long planned,
        long expected,
        long refreshed,
        long retrying,
        long failed,
        long pending,
        long inFlight,
        long held) {

    static RunStanding of(RunSnapshot snapshot) {
        RunNumbers run = snapshot.today();
        return new RunStanding(
                run.date(),
                Numbers.orNull(run.planned()),
                run.expected(),
                run.refreshed(),
                run.retrying(),
                run.failed(),
                run.pending(),
                run.inFlight(),
                run.held());
    }
}
