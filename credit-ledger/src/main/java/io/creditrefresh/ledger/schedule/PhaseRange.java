package io.creditrefresh.ledger.schedule;

/**
 * A stretch of the 30-day circle that does not cross its end, at most one hour long so that reading it is a short piece
 * of work however many accounts exist. It starts behind an account and ends with a whole minute.
 *
 * @param fromPhase 0 to 43,199
 * @param afterAccountId of {@code fromPhase} only accounts with a higher id belong to it
 * @param toPhase {@code fromPhase} to 43,199, the whole minute
 * @param toMinute the epoch minute that {@code toPhase} stands for
 */
public record PhaseRange(int fromPhase, long afterAccountId, int toPhase, long toMinute) {

    private static final int MAX_MINUTES = 60;

    /**
     * The first stretch behind {@code watermark} on the way to the end of {@code toMinute}. What lies more than 43,200
     * minutes before that end is left out: it has the phase of a later minute, and is found there.
     *
     * @throws IllegalArgumentException if the watermark covers {@code toMinute}
     */
    public static PhaseRange behind(Watermark watermark, long toMinute) {
        if (watermark.covers(toMinute)) {
            throw new IllegalArgumentException("nothing lies between " + watermark + " and minute " + toMinute);
        }
        long firstMinute = Math.max(watermark.lastWholeMinute() + 1, toMinute - Phase.MINUTES + 1);
        boolean startsInsideAMinute = watermark.minute() == firstMinute;
        int fromPhase = Phase.ofMinute(firstMinute);
        long minutes = Math.min(Math.min(toMinute - firstMinute + 1, MAX_MINUTES), (long) Phase.MINUTES - fromPhase);
        return new PhaseRange(
                fromPhase,
                startsInsideAMinute ? watermark.accountId() : 0,
                fromPhase + (int) minutes - 1,
                firstMinute + minutes - 1);
    }

    /** Where the watermark stands when an account of this stretch was the last one. */
    public Watermark at(int phase, long accountId) {
        return new Watermark(toMinute - (toPhase - phase), accountId);
    }

    /** Where the watermark stands when the whole stretch is done. */
    public Watermark end() {
        return Watermark.endOf(toMinute);
    }
}
