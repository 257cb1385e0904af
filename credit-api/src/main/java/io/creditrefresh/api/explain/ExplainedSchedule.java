package io.creditrefresh.api.explain;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.schedule.Phase;
import io.creditrefresh.ledger.schedule.Slot;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why an account is refreshed when it is.
 *
 * @param cycle {@code 30_days} or {@code refresh_day}
 * @param refreshDay day of the month on which periods end; null for periods of 30 days
 * @param periodEnd when the refresh is due; this is what users are shown
 * @param endOfCycle what the cycle makes of the period's start; not {@code periodEnd} if that was set otherwise
 * @param endText how the end follows
 * @param slot the user's minute of the day
 * @param refreshAt when the planner emits the job; null while off the schedule
 * @param refreshAtText why then
 * @param phase epoch minute of {@code refreshAt} modulo 43,200, by which the planner finds it; null with it
 * @param agrees whether {@code refreshAt}, slot, phase and holds agree; true in health
 * @param due the refresh may be applied now, by anybody
 */
public record ExplainedSchedule(
        PeriodAnchor anchor,
        String cycle,
        @Nullable Integer refreshDay,
        Instant periodEnd,
        Instant endOfCycle,
        String endText,
        HashedSlot slot,
        @Nullable Instant refreshAt,
        String refreshAtText,
        @Nullable Integer phase,
        boolean agrees,
        boolean due) {

    static ExplainedSchedule of(AccountScene scene) {
        Account account = scene.account();
        var day = account.cycle().refreshDay();
        return new ExplainedSchedule(
                PeriodAnchor.of(scene),
                day.isPresent() ? "refresh_day" : "30_days",
                day.isPresent() ? day.getAsInt() : null,
                account.period().end(),
                account.cycle().endOf(account.period().start()),
                ScheduleText.end(account),
                HashedSlot.of(scene.subscriber().userId()),
                account.refreshAt(),
                ScheduleText.refreshAt(scene.subscriber(), account),
                scene.sum().phase(),
                agrees(scene),
                account.isDue(scene.moment().now()));
    }

    private static boolean agrees(AccountScene scene) {
        Instant refreshAt = scene.account().refreshAt();
        Integer phase = scene.sum().phase();
        if (refreshAt == null || scene.subscriber().isOffSchedule()) {
            return refreshAt == null && phase == null && scene.subscriber().isOffSchedule();
        }
        return refreshAt.equals(refreshAt.truncatedTo(ChronoUnit.MINUTES))
                && Slot.at(refreshAt).equals(scene.subscriber().slot())
                && Objects.equals(phase, Phase.of(refreshAt));
    }
}
