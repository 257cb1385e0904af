package io.creditrefresh.ledger.trail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry as the ledger has it; credits.
 *
 * @param type as the column has it: a later version may write types that this one does not know
 * @param granted null if its type grants nothing
 * @param lapsed what was left of the allowance and is gone; null unless of a refresh
 * @param carried what was left of the allowance and is bonus now; null unless of a refresh or an upgrade
 * @param bonusChange the part of {@code amount} that is bonus; null in an import that has not written it down
 * @param details a JSON object
 */
public record EntryLine(
        long accountId,
        long seq,
        String type,
        Instant at,
        Instant periodStart,
        long amount,
        long balanceBefore,
        long balanceAfter,
        @Nullable Long granted,
        @Nullable Long lapsed,
        @Nullable Long carried,
        @Nullable Long bonusChange,
        String actor,
        @Nullable String reason,
        String details) {}
