package io.creditrefresh.ledger.override;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.Movement;
import java.util.Map;
import java.util.Optional;

/** An admin's signed change of a bonus. */
public final class Adjustment {

    /** The most credits that one adjustment adds or takes. */
    public static final long CREDITS_MAX = 1_000_000_000L;

    private Adjustment() {}

    /**
     * Changes the bonus; empty if it would be negative.
     *
     * @param credits −10^9 to 10^9, not 0
     */
    public static Optional<Movement> apply(Account account, long credits) {
        if (credits == 0 || credits < -CREDITS_MAX || credits > CREDITS_MAX) {
            throw new IllegalArgumentException("an adjustment is 1 to " + CREDITS_MAX + " either way: " + credits);
        }
        long bonus = Math.addExact(account.balance().bonus(), credits);
        if (bonus < 0) {
            return Optional.empty();
        }
        Account after =
                account.next().holding(account.balance().allowance(), bonus).account();
        return Optional.of(Movement.of(account, after, EntryType.ADJUST, Map.of()));
    }
}
