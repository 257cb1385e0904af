package io.creditrefresh.ledger.billing;

import java.util.List;
import java.util.Optional;

/**
 * What is to be known of the billing of an account that is opened beside the single pool.
 *
 * @param settled the claims of all that was told before: the account was opened with what they have come to
 * @param clock empty if no billing event has touched the pool's period
 */
public record OpenedAccount(long accountId, List<SettledClaim> settled, Optional<BillingClock> clock) {

    public OpenedAccount {
        settled = List.copyOf(settled);
    }
}
