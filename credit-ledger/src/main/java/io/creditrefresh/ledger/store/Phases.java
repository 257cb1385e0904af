package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.schedule.Phase;
import java.util.List;

/** Phases from {@code first} to {@code last}, both of them included, 0 to 43,199: one range of the index on phase. */
record Phases(int first, int last) {

    /**
     * The phases of a stretch of time: two ranges if it goes past the end of the circle, else one.
     *
     * @param fromMinute epoch minute
     * @param endMinute epoch minute, the first that is not of the stretch; at most 43,200 after {@code fromMinute}
     */
    static List<Phases> between(long fromMinute, long endMinute) {
        Phases whole = new Phases(Phase.ofMinute(fromMinute), Phase.ofMinute(endMinute - 1));
        return whole.first <= whole.last
                ? List.of(whole)
                : List.of(new Phases(whole.first, Phase.MINUTES - 1), new Phases(0, whole.last));
    }
}
