package io.creditrefresh.api.run;

import io.creditrefresh.ledger.store.RunPageStore.RunLine;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Days of refreshing, the latest first.
 *
 * @param refreshPaused nobody is refreshed at present; what is due stays due
 * @param nextCursor where the next page begins; null on the last one
 */
public record RunDays(
        boolean refreshPaused,
        List<DayOfRun> data,
        @Nullable String nextCursor,
        boolean hasMore) {

    /**
     * One UTC day.
     *
     * @param planned accounts, as forecast when the day's run was opened
     * @param refreshed accounts of this day's run, whenever it was done
     * @param refreshedLater those of them that were refreshed on a later day
     * @param skipped left to a later job, because somebody else was at them; counted each time
     * @param failedAttempts accounts that could not be refreshed, counted each time
     * @param lastBatchAt null before the first
     */
    public record DayOfRun(
            LocalDate date,
            Instant openedAt,
            long planned,
            long refreshed,
            long refreshedLater,
            long skipped,
            long failedAttempts,
            @Nullable Instant lastBatchAt,
            List<HourOfRun> hours) {

        static DayOfRun of(RunLine line) {
            List<HourOfRun> hours = new ArrayList<>();
            for (int hour = 0; hour < line.plannedPerHour().size(); hour++) {
                hours.add(new HourOfRun(
                        hour,
                        line.plannedPerHour().get(hour),
                        line.refreshedPerHour().get(hour)));
            }
            return new DayOfRun(
                    line.date(),
                    line.openedAt(),
                    line.planned(),
                    line.refreshedPerHour().stream().mapToLong(done -> done).sum() + line.refreshedLater(),
                    line.refreshedLater(),
                    line.skipped(),
                    line.failed(),
                    line.lastBatchAt(),
                    hours);
        }
    }

    /**
     * One hour of a day.
     *
     * @param hour 0 to 23, UTC
     * @param planned accounts whose minute lies in it
     * @param refreshed accounts that were refreshed in it
     */
    public record HourOfRun(int hour, long planned, long refreshed) {}
}
