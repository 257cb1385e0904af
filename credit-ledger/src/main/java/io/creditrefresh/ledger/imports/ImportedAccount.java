package io.creditrefresh.ledger.imports;

import io.creditrefresh.ledger.account.Balance;
import io.creditrefresh.ledger.schedule.Period;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The account of kind {@code credits} that an imported user begins with.
 *
 * @param grantedThisPeriod the amount of the current period, credits
 * @param refreshAt when the planner emits the job; null exactly while on hold
 */
public record ImportedAccount(
        ImportedUser user,
        Balance balance,
        long grantedThisPeriod,
        Period period,
        @Nullable Instant refreshAt) {

    public ImportedAccount {
        if (balance.total() != user.balance()) {
            throw new IllegalArgumentException("an import keeps the balance: " + balance + " of " + user.balance());
        }
        if (user.onHold() != (refreshAt == null)) {
            throw new IllegalArgumentException("an account is on the schedule exactly while not on hold");
        }
    }

    /** Whether the account's refresh has come due while the old system still had it. */
    public boolean isDue(Instant now) {
        return refreshAt != null && period.hasEndedBy(now);
    }
}
