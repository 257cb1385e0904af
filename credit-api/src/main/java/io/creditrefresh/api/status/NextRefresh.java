package io.creditrefresh.api.status;

import com.fasterxml.jackson.annotation.JsonValue;
import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.BillingState;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.refresh.LastRefresh;
import io.creditrefresh.ledger.refresh.Refresh;
import io.creditrefresh.ledger.refresh.Standing;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The next refresh of one account; amounts in credits, and as they will be if nothing is spent until then.
 *
 * @param at the end of the present period; null while off the schedule
 * @param amount the new allowance; null while off the schedule, or when it cannot be told
 * @param willLapse what will be lost of the present allowance
 * @param willCarry what will be kept of it as bonus
 * @param last the one before; null if there was none
 * @param hold why the account is off the schedule; null while it is on it
 * @param refreshOverdue a refresh is due and cannot be applied to this account
 */
public record NextRefresh(
        String kind,
        @Nullable Instant at,
        @Nullable Long amount,
        @Nullable Long willLapse,
        @Nullable Long willCarry,
        @Nullable Last last,
        @Nullable Hold hold,
        boolean refreshOverdue) {

    static NextRefresh of(
            Subscriber subscriber, Standing standing, Catalogue catalogue, Optional<LastRefresh> written, Instant now) {
        Account account = standing.account();
        Optional<Refresh> next = standing.next(catalogue, now);
        @Nullable
        Last last = standing.due()
                .map(Last::ofDue)
                .or(() -> written.map(Last::ofWritten))
                .orElse(null);
        return new NextRefresh(
                account.entitlement().kind().code(),
                account.refreshAt() == null ? null : account.period().end(),
                next.map(Refresh::granted).orElse(null),
                next.map(Refresh::lapsed).orElse(null),
                next.map(Refresh::carried).orElse(null),
                last,
                account.refreshAt() == null ? Hold.of(subscriber) : null,
                standing.overdue());
    }

    /**
     * A refresh that the balance contains.
     *
     * @param at when it was written; for one that is not yet, when it became due
     * @param recorded false: due and shown as applied; it is written with the next spend, or when its slot comes
     */
    public record Last(Instant at, long amount, long lapsed, long carried, boolean recorded) {

        static Last ofDue(Refresh due) {
            return new Last(due.dueAt(), due.granted(), due.lapsed(), due.carried(), false);
        }

        static Last ofWritten(LastRefresh written) {
            return new Last(written.at(), written.granted(), written.lapsed(), written.carried(), true);
        }
    }

    /** Why nothing is refreshed. */
    public enum Hold {
        /** Somebody who runs the service has put the user on hold. */
        ON_HOLD,
        /** The last payment failed; refreshing goes on when it is paid. */
        PAST_DUE;

        static Hold of(Subscriber subscriber) {
            return !subscriber.onHold() && subscriber.billingState() == BillingState.PAST_DUE ? PAST_DUE : ON_HOLD;
        }

        /** As the API writes it. */
        @JsonValue
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
