package io.creditrefresh.api.explain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a user has this balance and is refreshed on this date; all of it is of one moment.
 *
 * @param billingState {@code active}, {@code past_due} or {@code cancelled}
 * @param onHold an operator keeps the user off the schedule
 * @param pastDue the last payment failed, which keeps the user off the schedule, too
 * @param refreshDay day of the month on which periods end; null for periods of 30 days
 * @param refreshPaused nobody is refreshed at present; what is due stays due
 * @param accounts as the ledger has them: a due refresh is not applied; behind a cursor the one that it is of
 * @param asOf when this was so, by the service's clock
 */
public record Explanation(
        String userId,
        String plan,
        String billingState,
        boolean onHold,
        boolean pastDue,
        @Nullable Integer refreshDay,
        boolean refreshPaused,
        List<ExplainedAccount> accounts,
        Instant asOf) {

    static Explanation of(AccountScene.Moment moment, List<ExplainedAccount> accounts) {
        var subscriber = moment.subscriber();
        return new Explanation(
                subscriber.userId(),
                subscriber.plan(),
                subscriber.billingState().code(),
                subscriber.onHold(),
                Holds.isPastDue(subscriber),
                subscriber.refreshDay(),
                !moment.refreshes(),
                accounts,
                moment.now());
    }
}
