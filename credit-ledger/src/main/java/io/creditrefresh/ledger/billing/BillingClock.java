package io.creditrefresh.ledger.billing;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.schedule.Period;

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

    BillingClock set(Period period) {
        return new BillingClock(baseSeq, base, baseGranted, period);
    }
}
