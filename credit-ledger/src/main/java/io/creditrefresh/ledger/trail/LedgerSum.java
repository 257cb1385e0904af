package io.creditrefresh.ledger.trail;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All entries of one account, added up; credits.
 *
 * @param phase as the account has it; null while off the schedule
 * @param entries how many there are
 * @param lastSeq 0 if there is none
 * @param amounts sum of what they moved
 * @param addsUp whether that is what the account holds
 * @param breaks entries that do not begin where the one before ended, or whose number does not follow its
 * @param bonusChanges sum of what they moved of the bonus, as far as they say
 * @param bonusChangesBefore the part of it that is of entries before the page's
 * @param isImportedBonusUnknown whether the first entry does not say how much of it was bonus
 * @param begin of the account's present period; empty if no entry began it
 */
public record LedgerSum(
        long accountId,
        @Nullable Integer phase,
        long entries,
        long lastSeq,
        long amounts,
        boolean addsUp,
        long breaks,
        long bonusChanges,
        long bonusChangesBefore,
        boolean isImportedBonusUnknown,
        Optional<Begin> begin) {

    /** The entry that began a period. */
    public record Begin(long seq, String type, Instant at) {}

    /**
     * What was bonus of an import that does not say it: what the account's bonus leaves for it; else 0.
     *
     * @param bonus what the account has of it now
     */
    public long importedBonus(long bonus) {
        return isImportedBonusUnknown ? bonus - bonusChanges : 0;
    }

    /** The bonus that the entries make; with an import that does not say it, the account's. */
    public long bonusOfEntries(long bonus) {
        return bonusChanges + importedBonus(bonus);
    }
}
