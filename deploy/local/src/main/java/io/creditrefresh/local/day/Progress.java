package io.creditrefresh.local.day;

import java.time.Instant;

/**
 * How far a simulated day is.
 *
 * @param time of the simulated clock
 * @param emitted jobs, repeated ones too
 * @param lag jobs that were emitted and not yet acknowledged
 */
public record Progress(Instant time, long emitted, long refreshed, long held, long failed, long lag) {

    static Progress at(Instant time) {
        return new Progress(time, 0, 0, 0, 0, 0);
    }

    Progress withTime(Instant later) {
        return new Progress(later, emitted, refreshed, held, failed, lag);
    }
}
