package io.creditrefresh.ledger.bulk;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.bulk.BulkResult.Moving;
import io.creditrefresh.ledger.bulk.BulkResult.Refreshing;
import io.creditrefresh.ledger.override.ManualRefresh;
import io.creditrefresh.ledger.override.Restoration;
import io.creditrefresh.ledger.override.Restoration.BadRefresh;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.refresh.RefreshRule;
import java.time.Instant;
import java.util.Map;

/** What a job does to one account: what one command would do by hand. */
public final class BulkRule {

    private BulkRule() {}

    /**
     * Refreshes what is due; fills up what is not.
     *
     * @throws io.creditrefresh.ledger.plan.NoAllowanceException if the catalogue does not know its plan
     */
    public static BulkResult refresh(BulkJob job, BulkItem item, Account account, Catalogue catalogue, Instant now) {
        if (account.refreshAt() == null) {
            return BulkResult.of(item, BulkFate.HELD);
        }
        if (account.isDue(now)) {
            return BulkResult.of(item, BulkFate.REFRESHED, new Refreshing(RefreshRule.apply(account, catalogue, now)));
        }
        return ManualRefresh.fill(account, catalogue, now)
                .map(movement -> movement.with(Map.of("bulkJob", job.id())).under(job.idempotencyKey()))
                .map(movement -> BulkResult.of(item, BulkFate.REFRESHED, new Moving(movement)))
                .orElseGet(() -> BulkResult.of(item, BulkFate.UNCHANGED));
    }

    /** Takes a refresh back from the account as it is. */
    public static BulkResult restore(BulkJob job, BulkItem item, Account account, BadRefresh bad) {
        return Restoration.apply(account, bad)
                .map(movement -> movement.with(Map.of("bulkJob", job.id())))
                .map(movement -> BulkResult.of(item, BulkFate.RESTORED, new Moving(movement)))
                .orElseGet(() -> BulkResult.of(item, BulkFate.PERIOD_OVER));
    }
}
