package io.creditrefresh.api.spend;

import io.creditrefresh.ledger.command.Result;
import io.creditrefresh.ledger.movement.Entry;
import io.creditrefresh.ledger.movement.EntryType;
import java.time.Instant;
import java.util.List;

/**
 * What was given back.
 *
 * @param refunds by account
 * @param refundedAt by the service's clock
 */
public record RefundAnswer(String userId, List<PartRefund> refunds, Instant refundedAt) {

    /**
     * What one account got back, in credits.
     *
     * @param toAllowance the part that belongs to the present period
     * @param toBonus the rest; all of it once the allowance that it was taken from has been replaced
     * @param balance what it has now
     */
    public record PartRefund(String kind, long amount, long toAllowance, long toBonus, long balance) {

        static PartRefund of(Entry entry) {
            return new PartRefund(
                    entry.kind().code(),
                    entry.amount(),
                    entry.amount() - entry.bonusChange(),
                    entry.bonusChange(),
                    entry.balanceAfter());
        }
    }

    static RefundAnswer of(Result result) {
        return new RefundAnswer(
                result.after().userId(),
                result.entries().stream()
                        .filter(entry -> entry.type() == EntryType.REFUND)
                        .map(PartRefund::of)
                        .toList(),
                result.at());
    }
}
