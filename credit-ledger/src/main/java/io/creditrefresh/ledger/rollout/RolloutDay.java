package io.creditrefresh.ledger.rollout;

import io.creditrefresh.ledger.plan.CreditKind;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;

/**
 * Both views compared on one day.
 *
 * @param date UTC
 * @param byMirror by the kind of the accounts that mirrors are taken from: {@code credits} for spends of users in Credits
 *     v2, the kinds of Credits v2 for spends of all others
 */
public record RolloutDay(LocalDate date, Map<CreditKind, Mirroring> byMirror) {

    /** More than this part of what the other view was to give is a finding. */
    public static final double VARIANCE_MAX = 0.05;

    public RolloutDay {
        byMirror = Map.copyOf(byMirror);
    }

    /** What spends of the users in one view have come to. */
    public Mirroring of(View view) {
        return byMirror.entrySet().stream()
                .filter(each -> !view.shows(each.getKey()))
                .map(Map.Entry::getValue)
                .reduce(Mirroring.NONE, Mirroring::plus);
    }

    /** Credits in which the views differ: too few in one kind's accounts do not make up for too many in another's. */
    public long variance() {
        return byMirror.values().stream()
                .mapToLong(each -> Math.abs(each.missing()))
                .sum();
    }

    /** The same of the spends of users in one view. */
    public long variance(View view) {
        return byMirror.entrySet().stream()
                .filter(each -> !view.shows(each.getKey()))
                .mapToLong(each -> Math.abs(each.getValue().missing()))
                .sum();
    }

    /** Credits that the other view was to give, had it all of them. */
    public long expected() {
        return byMirror.values().stream().mapToLong(Mirroring::expected).sum();
    }

    public boolean isBeyondLimit() {
        return ratio(variance(), expected()) > VARIANCE_MAX;
    }

    /** The variance of some days as a part of what the other view was to give, 0 to 1. */
    public static double varianceOf(Collection<RolloutDay> days) {
        return ratio(
                days.stream().mapToLong(RolloutDay::variance).sum(),
                days.stream().mapToLong(RolloutDay::expected).sum());
    }

    private static double ratio(long variance, long expected) {
        if (variance == 0) {
            return 0;
        }
        return variance >= expected ? 1 : (double) variance / expected;
    }
}
