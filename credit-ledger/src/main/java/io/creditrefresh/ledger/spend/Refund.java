package io.creditrefresh.ledger.spend;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.Movement;
import java.util.Map;
import java.util.Optional;

/** Gives a spend back, whole: each part returns to where it was taken from. */
public final class Refund {

    private Refund() {}

    /**
     * What a spend took from one account, in credits.
     *
     * @param seq of its entry
     * @param superseded whether a refresh, upgrade or reset of the account came after it
     */
    public record Taken(long accountId, long seq, long fromAllowance, long fromBonus, boolean superseded) {}

    /** Gives back what was taken for the other view's sake, into the period that it was taken from; empty if that is over. */
    public static Optional<Movement> unmirror(Account account, Taken taken) {
        if (taken.superseded() || taken.fromAllowance() == 0) {
            return Optional.empty();
        }
        Account after = account.next()
                .holding(
                        Math.addExact(account.balance().allowance(), taken.fromAllowance()),
                        account.balance().bonus())
                .account();
        return Optional.of(Movement.of(account, after, EntryType.REFUND, Map.of("mirrorSeq", taken.seq())));
    }

    /** Gives it back: all to the bonus once the allowance that it was taken from has been replaced. */
    public static Movement apply(Account account, Taken taken) {
        long toAllowance = taken.superseded() ? 0 : taken.fromAllowance();
        long toBonus = taken.fromAllowance() + taken.fromBonus() - toAllowance;
        Account after = account.next()
                .holding(
                        Math.addExact(account.balance().allowance(), toAllowance),
                        Math.addExact(account.balance().bonus(), toBonus))
                .account();
        return Movement.of(account, after, EntryType.REFUND, Map.of("spendSeq", taken.seq()));
    }
}
