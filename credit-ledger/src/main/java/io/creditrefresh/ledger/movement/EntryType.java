package io.creditrefresh.ledger.movement;

/** Why a ledger entry was written. */
public enum EntryType {
    /** A subscriber begins with the plan's allowance. */
    PROVISION(true, Moves.GIVES),
    /** A balance was taken over from an older system. */
    IMPORT(false, Moves.GIVES),
    /** From one period to the next, by whomever. */
    REFRESH(true, Moves.BOTH),
    /** An admin filled the allowance up between two refreshes. */
    MANUAL_REFRESH(true, Moves.GIVES),
    /** An admin had a new period begin. */
    RESET(true, Moves.GIVES),
    /** A higher plan's amount was granted. */
    UPGRADE(true, Moves.GIVES),
    /** A lower plan, whose amount comes with the next refresh. */
    DOWNGRADE(false, Moves.NOTHING),
    /** What the plan owed was granted. */
    SYNC(true, Moves.GIVES),
    /** Bought credits were added to the bonus. */
    PURCHASE(false, Moves.GIVES),
    CONSUME(false, Moves.TAKES),
    REFUND(false, Moves.GIVES),
    /** A spend of one view, booked under the other one, too. */
    MIRROR(false, Moves.TAKES),
    /** An admin changed the bonus. */
    ADJUST(false, Moves.BOTH),
    /** A refresh of a bad run was taken back. */
    RESTORE(false, Moves.BOTH),
    /** Something that a refresh reads was changed; no credit moved. */
    SETTINGS(false, Moves.NOTHING);

    private enum Moves {
        GIVES,
        TAKES,
        BOTH,
        NOTHING
    }

    private final boolean grants;
    private final Moves moves;

    EntryType(boolean grants, Moves moves) {
        this.grants = grants;
        this.moves = moves;
    }

    /** Whether its entries say in {@code granted} what was granted. */
    public boolean grants() {
        return grants;
    }

    /** Whether an entry of this type may change the balance by {@code amount} credits. */
    public boolean allows(long amount) {
        return switch (moves) {
            case GIVES -> amount >= 0;
            case TAKES -> amount <= 0;
            case BOTH -> true;
            case NOTHING -> amount == 0;
        };
    }

    /** Whether an entry of this type may lower the bonus: only what was spent, or what an admin takes away. */
    public boolean mayLowerTheBonus() {
        return this == CONSUME || this == ADJUST;
    }
}
