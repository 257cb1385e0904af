package io.creditrefresh.api.write;

import io.creditrefresh.ledger.movement.Entry;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A ledger entry that a command wrote, or would write; amounts in credits.
 *
 * @param seq number of the entry in its account
 * @param amount change of the balance
 * @param granted null if the type grants nothing
 * @param lapsed what was left of the allowance and is gone; null unless of a refresh
 * @param carried what was left of the allowance and is bonus now; null unless of a refresh or an upgrade
 * @param bonusChange the part of {@code amount} that is bonus
 * @param periodStart of the account's period after it
 * @param details what else it tells
 */
public record WrittenEntry(
        String kind,
        long seq,
        String type,
        long amount,
        long balanceBefore,
        long balanceAfter,
        @Nullable Long granted,
        @Nullable Long lapsed,
        @Nullable Long carried,
        long bonusChange,
        Instant periodStart,
        Map<String, @Nullable Object> details) {

    public static WrittenEntry of(Entry entry) {
        return new WrittenEntry(
                entry.kind().code(),
                entry.seq(),
                entry.type().name(),
                entry.amount(),
                entry.balanceBefore(),
                entry.balanceAfter(),
                entry.granted(),
                entry.lapsed(),
                entry.carried(),
                entry.bonusChange(),
                entry.periodStart(),
                entry.details());
    }
}
