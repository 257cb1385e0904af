package io.creditrefresh.ledger.rollout;

/**
 * What spends of units took from allowances in one view, beside what was taken for it from the other view's; all in
 * credits of the single pool.
 *
 * @param spends how many took something; one of two kinds counts twice
 * @param spent what they took from allowances in the view of their user
 * @param remainder the part of {@code spent} that is less than a unit, which has no mirror; of the single pool only
 * @param mirrored what was taken from the other view's allowance
 * @param unmirrored what that allowance did not have
 * @param refunded what refunds have given back of what spends took from allowances
 * @param returned what refunds have given back of what was mirrored
 */
public record Mirroring(
        long spends, long spent, long remainder, long mirrored, long unmirrored, long refunded, long returned) {

    public static final Mirroring NONE = new Mirroring(0, 0, 0, 0, 0, 0, 0);

    /** What the other view was to give, had it all of it. */
    public long expected() {
        return spent - remainder;
    }

    /** What is missing in the other view; below 0 if too much was taken there. */
    public long missing() {
        return expected() - mirrored - unmirrored;
    }

    public Mirroring plus(Mirroring other) {
        return new Mirroring(
                spends + other.spends,
                spent + other.spent,
                remainder + other.remainder,
                mirrored + other.mirrored,
                unmirrored + other.unmirrored,
                refunded + other.refunded,
                returned + other.returned);
    }
}
