package io.creditrefresh.ledger.trail;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells what each entry left of allowance and bonus, which entries do not say. It goes by the entries alone, so that an
 * account that does not agree with them stands out; only what an old import leaves open is taken from the account.
 */
public final class BonusTrail {

    private BonusTrail() {}

    /**
     * An entry and what it left, in credits.
     *
     * @param bonusChange the part of the entry's amount that is bonus
     * @param isDerived the entry does not say it
     */
    public record Step(EntryLine line, long bonusChange, boolean isDerived, long allowance, long bonus) {

        /** The part of the entry's amount that is allowance. */
        public long allowanceChange() {
            return line.amount() - bonusChange;
        }
    }

    /**
     * The steps of a page.
     *
     * @param sum of the page's account, with all that comes before the page's newest entry's end
     * @param bonus what the account has of it now
     * @param newestFirst entries of one account, without a gap
     */
    public static List<Step> of(LedgerSum sum, long bonus, List<EntryLine> newestFirst) {
        long imported = sum.importedBonus(bonus);
        long left = sum.bonusChangesBefore() + imported;
        List<Step> steps = new ArrayList<>(newestFirst.size());
        for (EntryLine line : newestFirst) {
            Long said = line.bonusChange();
            long change = said == null ? imported : said;
            steps.add(new Step(line, change, said == null, line.balanceAfter() - left, left));
            left -= change;
        }
        return steps;
    }
}
