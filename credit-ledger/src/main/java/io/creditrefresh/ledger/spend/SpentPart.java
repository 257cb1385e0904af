package io.creditrefresh.ledger.spend;

import io.creditrefresh.ledger.plan.CreditKind;
import java.time.Instant;

/**
 * What a spend took from one account, as its ledger entry tells it; credits.
 *
 * @param seq of the entry
 * @param fromBonus the part of {@code amount} that the allowance did not have
 * @param balanceAfter what was left
 */
public record SpentPart(
        long accountId, CreditKind kind, long seq, long amount, long fromBonus, long balanceAfter, Instant at) {}
