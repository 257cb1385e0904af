package io.creditrefresh.api.explain;

import io.creditrefresh.ledger.account.Entitlement;
import io.creditrefresh.ledger.refresh.Refresh;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the next refresh does if nothing is spent until then; credits.
 *
 * @param dueAt when it may be applied: the end of the present period
 * @param periodStart of the period that it begins; later than {@code dueAt} if whole periods were missed
 * @param amount the new allowance
 * @param because {@code plan}, {@code custom_allowance}, {@code cancelled}, or {@code not_renewed}: not paid for
 * @param decidedBy the row of the catalogue that the amount or, with a custom allowance, only the rollover is from
 * @param willLapse what will be lost of the present allowance
 * @param willCarry what will be kept of it as bonus
 * @param balanceAfter allowance and bonus together
 * @param skippedPeriods whole periods that were missed before it
 */
public record ForeseenRefresh(
        Instant dueAt,
        Instant periodStart,
        Instant periodEnd,
        long amount,
        String because,
        CatalogueRow decidedBy,
        long willLapse,
        long willCarry,
        long balanceAfter,
        int skippedPeriods) {

    /** Null off the schedule, and when the rules refuse it. */
    static @Nullable ForeseenRefresh of(AccountScene scene) {
        return scene.asWritten()
                .next(scene.moment().catalogue(), scene.moment().now())
                .map(refresh -> of(scene, refresh))
                .orElse(null);
    }

    private static ForeseenRefresh of(AccountScene scene, Refresh refresh) {
        Entitlement entitlement = scene.account().entitlement();
        var period = refresh.after().period();
        return new ForeseenRefresh(
                refresh.dueAt(),
                period.start(),
                period.end(),
                refresh.granted(),
                entitlement.basisAt(period.start()).code(),
                CatalogueRow.of(entitlement.rowAt(period.start(), scene.moment().catalogue())),
                refresh.lapsed(),
                refresh.carried(),
                refresh.after().balance().total(),
                refresh.skippedPeriods());
    }
}
