package io.creditrefresh.api.rollout;

import io.creditrefresh.ledger.rollout.Mirroring;
import io.creditrefresh.ledger.rollout.RolloutDay;
import io.creditrefresh.ledger.rollout.View;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;

/**
 * The two views of the rollout of Credits v2 compared: what spends of {@code analysis} and {@code roast} took from
 * allowances in the view of their user, and what was taken for it in the other view; in credits, a unit at its price.
 *
 * @param rollout as it is now
 * @param subscribersWithV2Accounts how many have accounts of Credits v2 by now, whether they are in it or not
 * @param from the first day, UTC
 * @param to the last day
 * @param totals of all these days
 * @param data the days of them on which the rollout was open, the earliest first
 */
public record RolloutReport(
        RolloutAnswer rollout,
        long subscribersWithV2Accounts,
        LocalDate from,
        LocalDate to,
        ComparedViews totals,
        List<ComparedDay> data) {

    private static final int PERCENT = 100;

    /**
     * Some days.
     *
     * @param v1 spends of users who were in Credits v1
     * @param v2 spends of users who were in Credits v2
     * @param variance credits in which the views differ; 0 in health. What is missing of one kind is not set off against
     *     what is too much of another, nor one day against another
     * @param variancePercent the same as a part of what the other view was to give, 0 to 100
     */
    public record ComparedViews(ComparedSpends v1, ComparedSpends v2, long variance, double variancePercent) {

        static ComparedViews of(Collection<RolloutDay> days) {
            return new ComparedViews(
                    ComparedSpends.of(days, View.V1),
                    ComparedSpends.of(days, View.V2),
                    days.stream().mapToLong(RolloutDay::variance).sum(),
                    PERCENT * RolloutDay.varianceOf(days));
        }
    }

    /**
     * One UTC day.
     *
     * @param v1 spends of users who were in Credits v1
     * @param v2 spends of users who were in Credits v2
     * @param variance credits in which the views differ; 0 in health
     * @param variancePercent the same as a part of what the other view was to give, 0 to 100; more than 5 is a finding of
     *     the verification
     */
    public record ComparedDay(
            LocalDate date, ComparedSpends v1, ComparedSpends v2, long variance, double variancePercent) {

        static ComparedDay of(RolloutDay day) {
            ComparedViews views = ComparedViews.of(List.of(day));
            return new ComparedDay(day.date(), views.v1(), views.v2(), views.variance(), views.variancePercent());
        }
    }

    /**
     * Spends of the users in one view.
     *
     * @param spends how many took something from an allowance; one of both kinds counts twice
     * @param spent credits that they took from allowances of their view; what they took from a bonus is in both views
     * @param remainder the part of {@code spent} that is less than a unit, which the other view cannot give
     * @param mirrored credits that the other view's allowances gave for it
     * @param unmirrored credits that the other view's allowances did not have: no variance
     * @param variance credits that are missing in the other view, or too many there
     * @param refunded credits of {@code spent}, of whatever day, that refunds have given back on this one
     * @param mirrorRefunded credits of {@code mirrored} that they have given back; less, where a period was over
     */
    public record ComparedSpends(
            long spends,
            long spent,
            long remainder,
            long mirrored,
            long unmirrored,
            long variance,
            long refunded,
            long mirrorRefunded) {

        private static ComparedSpends of(Collection<RolloutDay> days, View view) {
            Mirroring sum = days.stream().map(day -> day.of(view)).reduce(Mirroring.NONE, Mirroring::plus);
            return new ComparedSpends(
                    sum.spends(),
                    sum.spent(),
                    sum.remainder(),
                    sum.mirrored(),
                    sum.unmirrored(),
                    days.stream().mapToLong(day -> day.variance(view)).sum(),
                    sum.refunded(),
                    sum.returned());
        }
    }
}
