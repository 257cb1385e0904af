package io.creditrefresh.ledger.billing;

import java.time.Instant;

/**
 * A claim that an account has been given its due for.
 *
 * @param at the provider's time of the first change that claimed it
 * @param granted credits; 0 if an entry that was there already has satisfied it
 * @param seq of the entry that granted or satisfied it
 */
public record SettledClaim(long accountId, ClaimKey key, Instant at, long granted, long seq) {

    SettledClaim claimedAt(Instant earlier) {
        return new SettledClaim(accountId, key, earlier, granted, seq);
    }
}
