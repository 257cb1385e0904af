package io.creditrefresh.ledger.reference;

import io.creditrefresh.ledger.movement.Entry;

/**
 * One line of an account's ledger, whoever has written it: what the entry of the same number must say.
 *
 * @param granted null unless its type grants
 * @param lapsed null unless of a refresh
 * @param carried null unless of a refresh or an upgrade
 * @param periodStart epoch second
 */
public record Line(
        String kind,
        long seq,
        String type,
        long amount,
        long before,
        long after,
        Long granted,
        Long lapsed,
        Long carried,
        long bonusChange,
        long periodStart) {

    public static Line of(Entry entry) {
        return new Line(
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
                entry.periodStart().getEpochSecond());
    }
}
