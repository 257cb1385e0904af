package io.creditrefresh.ledger.account;

import io.creditrefresh.ledger.schedule.Cycle;
import io.creditrefresh.ledger.schedule.Period;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber's account of one credit kind: all that a refresh reads.
 *
 * @param version sequence number of the account's last ledger entry
 * @param grantedThisPeriod the highest amount granted in this period, credits
 * @param refreshAt when the planner emits the job; null exactly while on hold or past due
 */
public record Account(
        long id,
        long version,
        Entitlement entitlement,
        Cycle cycle,
        Balance balance,
        long grantedThisPeriod,
        Period period,
        @Nullable Instant refreshAt) {

    public Account {
        if (version < 1) {
            throw new IllegalArgumentException("account " + id + " has no ledger entry: version " + version);
        }
        if (refreshAt != null && refreshAt.isBefore(period.end())) {
            throw new IllegalArgumentException("account " + id + " would be refreshed at " + refreshAt
                    + ", before its period's end " + period.end());
        }
    }

    /** Due: the refresh may be applied, by anybody. */
    public boolean isDue(Instant now) {
        return refreshAt != null && period.hasEndedBy(now);
    }
}
