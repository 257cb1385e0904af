package io.creditrefresh.api.subscription;

import io.creditrefresh.api.status.CreditStatus;
import io.creditrefresh.ledger.command.Result;
import io.creditrefresh.ledger.movement.Entry;
import io.creditrefresh.ledger.movement.EntryType;
import java.util.List;

/**
 * What a safe sync has granted.
 *
 * @param granted empty if nothing was owed
 * @param status of the user after it
 */
public record SyncAnswer(List<SyncGrant> granted, CreditStatus status) {

    /**
     * What was owed to one account, in credits.
     *
     * @param balance what it has now
     */
    public record SyncGrant(String kind, long amount, long balance) {

        static SyncGrant of(Entry entry) {
            return new SyncGrant(entry.kind().code(), entry.amount(), entry.balanceAfter());
        }
    }

    static SyncAnswer of(Result result, CreditStatus status) {
        return new SyncAnswer(
                result.entries().stream()
                        .filter(entry -> entry.type() == EntryType.SYNC)
                        .map(SyncGrant::of)
                        .toList(),
                status);
    }
}
