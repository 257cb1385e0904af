package io.creditrefresh.api.history;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A past refresh as the user sees it; amounts in credits.
 *
 * @param at when it was written
 * @param type {@code REFRESH} or {@code MANUAL_REFRESH}
 * @param amount change of the balance
 * @param granted the new allowance
 * @param lapsed what was lost of the old one
 * @param carried what was kept of it as bonus
 * @param periodStart of the period that it was for
 * @param skippedPeriods periods that were missed before it
 */
public record RefreshEntry(
        Instant at,
        String kind,
        String type,
        long oldBalance,
        long amount,
        long newBalance,
        @Nullable Long granted,
        @Nullable Long lapsed,
        @Nullable Long carried,
        Instant periodStart,
        int skippedPeriods) {

    static RefreshEntry of(LedgerEntryRow row, String kind) {
        return new RefreshEntry(
                row.createdAt,
                kind,
                row.type,
                row.balanceBefore,
                row.amount,
                row.balanceAfter,
                row.granted,
                row.lapsed,
                row.carried,
                row.periodStart,
                Objects.requireNonNullElse(row.skippedPeriods, 0));
    }
}
