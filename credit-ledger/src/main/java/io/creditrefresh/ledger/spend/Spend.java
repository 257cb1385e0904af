package io.creditrefresh.ledger.spend;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.Movement;
import java.util.Map;
import java.util.Optional;

/** A spend takes from the allowance first, then from the bonus; all or nothing. */
public final class Spend {

    /** The most credits that one spend takes. */
    public static final long CREDITS_MAX = 1_000_000_000L;

    private Spend() {}

    /**
     * Takes credits; empty if there are not enough.
     *
     * @param credits 1 to 10^9
     */
    public static Optional<Movement> apply(Account account, long credits) {
        if (credits < 1 || credits > CREDITS_MAX) {
            throw new IllegalArgumentException("a spend is 1 to " + CREDITS_MAX + " credits: " + credits);
        }
        if (account.balance().total() < credits) {
            return Optional.empty();
        }
        long fromAllowance = Math.min(account.balance().allowance(), credits);
        Account after = account.next()
                .holding(
                        account.balance().allowance() - fromAllowance,
                        account.balance().bonus() - (credits - fromAllowance))
                .account();
        return Optional.of(Movement.of(account, after, EntryType.CONSUME, Map.of()));
    }
}
