package io.creditrefresh.planner.tick;

import io.creditrefresh.planner.watch.Stopwatch;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Whether the loop gets on, and whether it is asked to end. */
@Singleton
public class LoopProgress {

    private final Stopwatch sinceProgress = Stopwatch.started();
    private volatile boolean stopping;

    /** A tick has begun, or one of its pages is done. */
    void made() {
        sinceProgress.restart();
    }

    /** Real time since the last progress. */
    public Duration idle() {
        return sinceProgress.elapsed();
    }

    void stop() {
        stopping = true;
    }

    /** Once true, a tick ends after the page it is at. */
    boolean isStopping() {
        return stopping;
    }
}
