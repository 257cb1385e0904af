package io.creditrefresh.ledger.movement;

import io.creditrefresh.ledger.account.Account;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of one account, with its ledger entry, decided but not yet written. Refreshes have a record of their own.
 *
 * @param granted credits that the type's rule granted; 0 if it grants nothing
 * @param carried what was left of the allowance and is bonus now
 * @param details what else the entry tells: text, numbers, truth values, lists and maps of them
 * @param idempotencyKey under which the account takes it once; null for any number of times
 */
public record Movement(
        Account before,
        Account after,
        EntryType type,
        long granted,
        long carried,
        Map<String, @Nullable Object> details,
        @Nullable String idempotencyKey) {

    public Movement {
        if (after.id() != before.id() || after.version() != before.version() + 1) {
            throw new IllegalArgumentException("a movement is the account's next entry: account " + before.id());
        }
        long amount = after.balance().total() - before.balance().total();
        if (!type.allows(amount)) {
            throw new IllegalArgumentException(type + " moves " + amount + " credits: account " + before.id());
        }
        if (after.balance().bonus() < before.balance().bonus() && !type.mayLowerTheBonus()) {
            throw new IllegalArgumentException(type + " lowers the bonus: account " + before.id());
        }
        if (granted != (type.grants() ? amount : 0)) {
            throw new IllegalArgumentException(
                    type + " grants " + granted + " of " + amount + ": account " + before.id());
        }
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }

    /** One that grants what it moves, or nothing, as its type says, and carries nothing over. */
    public static Movement of(Account before, Account after, EntryType type, Map<String, @Nullable Object> details) {
        long amount = after.balance().total() - before.balance().total();
        return new Movement(before, after, type, type.grants() ? amount : 0, 0, details, null);
    }

    /** The same with more details. */
    public Movement with(Map<String, @Nullable Object> more) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(details);
        all.putAll(more);
        return new Movement(before, after, type, granted, carried, all, idempotencyKey);
    }

    /** The same, once. */
    public Movement under(String key) {
        return new Movement(before, after, type, granted, carried, details, key);
    }

    /** Change of the balance in credits. */
    public long amount() {
        return after.balance().total() - before.balance().total();
    }

    /** The part of {@link #amount} that is bonus. */
    public long bonusChange() {
        return after.balance().bonus() - before.balance().bonus();
    }
}
