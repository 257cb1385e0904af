package io.creditrefresh.ledger.refresh;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.plan.Catalogue;
import io.creditrefresh.ledger.plan.NoAllowanceException;
import java.time.Instant;
import java.util.Optional;

/**
 * An account as a spend would find it: with its due refresh applied, and nothing written.
 *
 * @param account after the due refresh, if there is one
 * @param due the refresh that the next spend writes
 * @param overdue the account is due, and the rules refuse to refresh it
 */
public record Standing(Account account, Optional<Refresh> due, boolean overdue) {

    /**
     * How the account stands at {@code now}.
     *
     * @param refreshes whether anybody refreshes by himself; if not, a due account stays as it is
     */
    public static Standing of(Account account, Catalogue catalogue, Instant now, boolean refreshes) {
        if (!refreshes || !account.isDue(now)) {
            return new Standing(account, Optional.empty(), false);
        }
        return refresh(account, catalogue, now)
                .map(due -> new Standing(due.after(), Optional.of(due), false))
                .orElseGet(() -> new Standing(account, Optional.empty(), true));
    }

    /** The same, spent from now on or not: the due refresh goes by the view at its boundary, all after it by this one. */
    public Standing inView(boolean isNow) {
        return new Standing(account.inView(isNow), due, overdue);
    }

    /**
     * What the refresh at the end of the account's period will do if nothing is spent until then, or at {@code now} if
     * that is later; empty off the schedule, and when the rules refuse it.
     */
    public Optional<Refresh> next(Catalogue catalogue, Instant now) {
        if (account.refreshAt() == null) {
            return Optional.empty();
        }
        Instant end = account.period().end();
        return refresh(account, catalogue, end.isBefore(now) ? now : end);
    }

    private static Optional<Refresh> refresh(Account account, Catalogue catalogue, Instant now) {
        try {
            return Optional.of(RefreshRule.apply(account, catalogue, now));
        } catch (NoAllowanceException | ArithmeticException e) {
            // The account's own trouble: its worker writes it down as a failure.
            return Optional.empty();
        }
    }
}
