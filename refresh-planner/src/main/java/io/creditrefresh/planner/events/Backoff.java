package io.creditrefresh.planner.events;

import io.creditrefresh.planner.watch.Stopwatch;
import java.time.Duration;

/** How long to leave alone what has failed: one second, then twice as long after each further failure, to a minute. */
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Stopwatch sinceFailed = Stopwatch.started();
    private Duration wait = Duration.ZERO;

    /** Notes a failure; returns how long to wait. */
    Duration failed() {
        Duration twice = wait.isZero() ? FIRST : wait.multipliedBy(2);
        wait = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
        sinceFailed.restart();
        return wait;
    }

    /** Notes a success; returns whether failures came before it. */
    boolean succeeded() {
        boolean hadFailed = !wait.isZero();
        wait = Duration.ZERO;
        return hadFailed;
    }

    boolean isOver() {
        return sinceFailed.elapsed().compareTo(wait) >= 0;
    }
}
