package io.creditrefresh.api.status;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.refresh.Standing;
import io.creditrefresh.ledger.rollout.View;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a user has, as a spend would find it.
 *
 * @param billingState {@code active}, {@code past_due} or {@code cancelled}
 * @param fallback Credits v2 is off for this user: {@code balances} is the single pool
 * @param otherBonuses what a spend takes when {@code balances} are short: bonuses of the accounts that are not among them
 * @param refreshPaused nobody is refreshed at present; what is due stays due
 * @param asOf when this was so, by the service's clock
 */
public record CreditStatus(
        String userId,
        String plan,
        String billingState,
        boolean fallback,
        boolean refreshPaused,
        List<KindBalance> balances,
        List<OtherBonus> otherBonuses,
        Instant asOf) {

    static CreditStatus of(Subscriber subscriber, boolean paused, List<KindBalance> balances, Instant now) {
        return new CreditStatus(
                subscriber.userId(),
                subscriber.plan(),
                subscriber.billingState().code(),
                isFallback(subscriber),
                paused,
                balances,
                subscriber.accounts().stream()
                        .filter(account -> !isShown(subscriber, account)
                                && account.balance().bonus() > 0)
                        .map(account -> new OtherBonus(
                                account.kind().code(), account.balance().bonus()))
                        .toList(),
                now);
    }

    static boolean isFallback(Subscriber subscriber) {
        return subscriber.placement().view() == View.V1;
    }

    /**
     * As a command has left the user.
     *
     * @param overdue accounts that are due and cannot be refreshed
     */
    public static CreditStatus of(Subscriber subscriber, boolean paused, Set<Long> overdue, Instant now) {
        return of(
                subscriber,
                paused,
                subscriber.accounts().stream()
                        .filter(account -> isShown(subscriber, account))
                        .map(account -> new Standing(account, Optional.empty(), overdue.contains(account.id())))
                        .map(KindBalance::of)
                        .toList(),
                now);
    }

    /** Whether the user spends from it: with Credits v2 off, from {@code credits}. */
    static boolean isShown(Subscriber subscriber, Account account) {
        return subscriber.placement().view().shows(account.kind());
    }

    /**
     * A bonus that the user has under the kinds of the other view.
     *
     * @param bonus in units of the kind
     */
    public record OtherBonus(String kind, long bonus) {}

    /**
     * The account of one kind, in credits.
     *
     * @param balance allowance and bonus together
     * @param allowance what is left of this period's
     * @param bonus what no refresh touches
     * @param limit what this period granted
     * @param used how much of the limit is gone
     * @param refreshOverdue a refresh is due and cannot be applied to this account; the balance is the old one
     */
    public record KindBalance(
            String kind,
            long balance,
            long allowance,
            long bonus,
            long limit,
            long used,
            Period period,
            boolean refreshOverdue) {

        static KindBalance of(Standing standing) {
            Account account = standing.account();
            long limit = account.grantedThisPeriod();
            return new KindBalance(
                    account.entitlement().kind().code(),
                    account.balance().total(),
                    account.balance().allowance(),
                    account.balance().bonus(),
                    limit,
                    Math.max(0, limit - account.balance().allowance()),
                    new Period(account.period().start(), account.period().end()),
                    standing.overdue());
        }
    }

    /**
     * The period that the allowance belongs to.
     *
     * @param end when the next one starts, exclusive
     */
    public record Period(Instant start, Instant end) {}
}
