package io.creditrefresh.api.explain;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.refresh.Standing;
import io.creditrefresh.ledger.run.FailureLine;
import io.creditrefresh.ledger.trail.LedgerSum;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One account and all that explains it, as read in one snapshot.
 *
 * @param failure null if none is written down
 */
record AccountScene(
        Moment moment,
        Account account,
        LedgerSum sum,
        @Nullable FailureLine failure) {

    /**
     * What all accounts of a user have in common.
     *
     * @param refreshes whether anybody refreshes by himself
     */
    record Moment(Subscriber subscriber, Catalogue catalogue, boolean refreshes, Instant now) {}

    Subscriber subscriber() {
        return moment.subscriber();
    }

    /** As the ledger has it: a due refresh is not applied. */
    Standing asWritten() {
        return Standing.of(account, moment.catalogue(), moment.now(), false);
    }

    /** As a command would find it. */
    Account asFound() {
        return Standing.of(account, moment.catalogue(), moment.now(), moment.refreshes())
                .account();
    }
}
