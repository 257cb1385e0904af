package io.creditrefresh.ledger.refresh;

import java.time.Instant;

/**
 * The newest refresh of an account, as its ledger entry tells it; amounts are credits.
 *
 * @param at when it was written
 * @param periodStart of the period that it was for
 * @param amount change of the balance
 */
public record LastRefresh(
        Instant at, Instant periodStart, long granted, long lapsed, long carried, long amount, long balanceAfter) {}
