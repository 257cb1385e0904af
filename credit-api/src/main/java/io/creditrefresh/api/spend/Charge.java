package io.creditrefresh.api.spend;

import io.creditrefresh.ledger.spend.SpentPart;

/**
 * What was spent of one account, in credits.
 *
 * @param kind of the account that it was taken from
 * @param fromAllowance the part that the allowance gave
 * @param fromBonus the part that the bonus gave
 * @param balance what was left
 */
public record Charge(String kind, long amount, long fromAllowance, long fromBonus, long balance) {

    static Charge of(SpentPart part) {
        return new Charge(
                part.kind().code(),
                part.amount(),
                part.amount() - part.fromBonus(),
                part.fromBonus(),
                part.balanceAfter());
    }
}
