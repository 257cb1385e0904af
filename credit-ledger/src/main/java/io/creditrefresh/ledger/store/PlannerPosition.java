package io.creditrefresh.ledger.store;

import io.creditrefresh.ledger.schedule.BacklogPosition;
import io.creditrefresh.ledger.schedule.Watermark;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the planner stands.
 *
 * @param watermark everything up to it has been emitted at least once
 * @param backlog what is emitted in the order of account ids; empty while there is no long backlog
 * @param markedMinute the watermark's last whole minute at {@code markedAt}, when the last sweep began
 * @param settledMinute every minute up to it was passed at least one grace time ago; empty before the first sweep
 * @param fullSweepAt when a sweep of all phases was last completed
 */
public record PlannerPosition(
        Watermark watermark,
        Optional<BacklogPosition> backlog,
        long markedMinute,
        Instant markedAt,
        OptionalLong settledMinute,
        Optional<Instant> fullSweepAt) {

    /** The latest epoch minute that any of it names: of the watermark, or of the backlog. */
    public long lastMinute() {
        return Math.max(watermark.minute(), backlog.map(BacklogPosition::minute).orElse(Long.MIN_VALUE));
    }
}
