package io.creditrefresh.ledger.account;

/**
 * What an account holds, in credits. Neither part is ever negative, and their sum fits a {@code long}.
 *
 * @param allowance the part that belongs to the current period
 * @param bonus the accumulated part; no refresh touches it
 */
public record Balance(long allowance, long bonus) {

    public Balance {
        if (allowance < 0 || bonus < 0) {
            throw new IllegalArgumentException(
                    "a balance is not negative: allowance " + allowance + ", bonus " + bonus);
        }
        Math.addExact(allowance, bonus);
    }

    public long total() {
        return allowance + bonus;
    }
}
