package io.creditrefresh.ledger.billing;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.schedule.Period;
import java.time.Instant;

/**
 * An account's period as it was before billing events changed it, so that each further event can work out the same period
 * as if all had come in the order of their times.
 *
 * @param baseSeq version of the account then: claims settled by later entries count
 * @param baseGranted {@code granted_this_period} then, credits
 * @param set the period that billing events have made of it; another one in the account is somebody else's work since
 */
public record BillingClock(long baseSeq, Period base, long baseGranted, Period set) {

    static BillingClock startingFrom(Account account) {
        return new BillingClock(account.version(), account.period(), account.grantedThisPeriod(), account.period());
    }

    boolean isOf(Account account) {
        return account.period().equals(set);
    }

    /** The clock of an account that is opened in this one's period: it has no claims of its own before. */
    BillingClock ofOpened(Account opened) {
        Instant start = set.start();
        Period own = start.equals(base.start())
                ? base
                : new Period(start, opened.cycle().endOf(start));
        return new BillingClock(opened.version(), own, opened.grantedThisPeriod(), set);
    }

    BillingClock set(Period period) {
        return new BillingClock(baseSeq, base, baseGranted, period);
    }
}
