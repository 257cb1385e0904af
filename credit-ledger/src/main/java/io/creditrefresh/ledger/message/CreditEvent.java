package io.creditrefresh.ledger.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an account, as of the ledger entry that did it.
 *
 * @param place where it stands among the events that wait to be sent
 * @param seq of the ledger entry
 * @param limit what the account was granted in the period that it was then in
 * @param planBefore of a change of plan alone
 * @param plan of a change of plan alone
 */
public record CreditEvent(
        long place,
        CreditEventType type,
        long accountId,
        String userId,
        String kind,
        long seq,
        String entryType,
        Instant at,
        Amounts amounts,
        long limit,
        Instant periodStart,
        Instant periodEnd,
        @Nullable String planBefore,
        @Nullable String plan) {

    /**
     * Credits of the entry.
     *
     * @param change of the balance
     * @param balance after it
     * @param granted of a refresh, as are lapsed and carried
     */
    public record Amounts(long change, long balance, long granted, long lapsed, long carried) {}

    /** The same however often it is sent, and no other event's. */
    public String id() {
        return accountId + "-" + seq + "-" + type.code();
    }
}
