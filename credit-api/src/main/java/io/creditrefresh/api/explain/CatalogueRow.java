package io.creditrefresh.api.explain;

import io.creditrefresh.ledger.plan.PlanAllowance;
import io.creditrefresh.ledger.plan.Rollover;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a plan gives per period, from an instant on; credits.
 *
 * @param validFrom null for the first row of the plan
 * @param rolloverCap how much of an unused allowance becomes bonus; 0: nothing; null: all of it
 */
public record CatalogueRow(
        String plan,
        long amount,
        @Nullable Instant validFrom,
        @Nullable Long rolloverCap) {

    static CatalogueRow of(PlanAllowance allowance) {
        return new CatalogueRow(
                allowance.plan(),
                allowance.amount(),
                allowance.validFrom().equals(Instant.MIN) ? null : allowance.validFrom(),
                allowance.rollover().equals(Rollover.UNLIMITED)
                        ? null
                        : allowance.rollover().cap());
    }
}
