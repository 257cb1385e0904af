package io.creditrefresh.api.explain;

import io.creditrefresh.ledger.trail.LedgerSum;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the present period begins.
 *
 * @param seq of the entry that began it; null, as are the others, if the ledger has none that did
 * @param at when that entry was written
 */
public record PeriodAnchor(
        Instant periodStart,
        @Nullable Long seq,
        @Nullable String type,
        @Nullable Instant at) {

    static PeriodAnchor of(AccountScene scene) {
        Instant start = scene.account().period().start();
        return scene.sum()
                .begin()
                .map(begin -> of(start, begin))
                .orElseGet(() -> new PeriodAnchor(start, null, null, null));
    }

    private static PeriodAnchor of(Instant start, LedgerSum.Begin begin) {
        return new PeriodAnchor(start, begin.seq(), begin.type(), begin.at());
    }
}
