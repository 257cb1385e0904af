package io.creditrefresh.ledger.spend;

import io.creditrefresh.ledger.plan.CreditKind;
import java.time.Instant;

/**
 * What a spend took from one account, as its ledger entry tells it; credits.
 *
 * @param seq of the entry
 * @param fromBonus the part of {@code amount} that the allowance did not have
 * @param balanceAfter what was left
 * @param refreshOverdue a refresh was due and could not be applied: it was spent from the old balance
 */
public record SpentPart(
        long accountId,
        CreditKind kind,
        long seq,
        long amount,
        long fromBonus,
        long balanceAfter,
        Instant at,
        boolean refreshOverdue) {

    /** Name of the entry's detail that says so. */
    public static final String REFRESH_OVERDUE = "refreshOverdue";
}
