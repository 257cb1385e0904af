package io.creditrefresh.ledger.override;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.Movement;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a refresh back, after a bad run: from the allowance only, and never below zero. */
public final class Restoration {

    private Restoration() {}

    /**
     * The refresh to be taken back.
     *
     * @param amount by which it changed the balance, credits
     */
    public record BadRefresh(long accountId, long seq, Instant periodStart, long amount) {

        /** Under which it is taken back, once. */
        public String idempotencyKey() {
            return "restore:" + seq;
        }
    }

    /** Empty once the account has left the refresh's period. What was spent since stays spent. */
    public static Optional<Movement> apply(Account account, BadRefresh bad) {
        if (!account.period().start().equals(bad.periodStart())) {
            return Optional.empty();
        }
        long allowance = account.balance().allowance();
        long taken = Math.min(allowance, bad.amount());
        Account after = account.next()
                .holding(allowance - taken, account.balance().bonus())
                .account();
        Map<String, @Nullable Object> details = Map.of("refreshSeq", bad.seq(), "refreshAmount", bad.amount());
        return Optional.of(
                Movement.of(account, after, EntryType.RESTORE, details).under(bad.idempotencyKey()));
    }
}
