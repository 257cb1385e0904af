package io.creditrefresh.api.explain;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.trail.LedgerSum;

/**
 * All entries of an account, held against what it has; credits.
 *
 * @param addsUp whether the amounts of all entries make the balance
 * @param balance allowance and bonus together, as the account has them
 * @param sumOfEntries the balance that the entries make
 * @param difference balance less sum of entries; 0 in health
 * @param bonus as the account has it
 * @param bonusOfEntries the bonus that the entries make; with an import that did not write it down, the account's
 * @param entries how many there are
 * @param lastSeq number of the newest one; 0 if there is none
 * @param version number of the newest one as the account has it: the same in health
 * @param breaks entries that do not begin where the one before ended, or whose number does not follow its; 0 in health
 */
public record EntrySum(
        boolean addsUp,
        long balance,
        long sumOfEntries,
        long difference,
        long bonus,
        long bonusOfEntries,
        long entries,
        long lastSeq,
        long version,
        long breaks) {

    static EntrySum of(AccountScene scene) {
        Account account = scene.account();
        LedgerSum sum = scene.sum();
        long balance = account.balance().total();
        long bonus = account.balance().bonus();
        return new EntrySum(
                sum.addsUp(),
                balance,
                sum.amounts(),
                balance - sum.amounts(),
                bonus,
                sum.bonusOfEntries(bonus),
                sum.entries(),
                sum.lastSeq(),
                account.version(),
                sum.breaks());
    }
}
