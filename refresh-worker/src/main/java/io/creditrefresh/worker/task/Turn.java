package io.creditrefresh.worker.task;

import io.creditrefresh.edge.problem.ProblemCode;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets one call at a time refresh, so that calls never take a connection from the batches of the pipeline. */
@Singleton
class Turn {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Semaphore one = new Semaphore(1, true);

    /** What a call does when it is its turn. */
    interface Work<T> {
        T run() throws SQLException;
    }

    /** Waits for the one before; when that takes long, it is the problem {@code unavailable}. */
    <T> T take(Work<T> work) throws SQLException, InterruptedException {
        if (!one.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw ProblemCode.UNAVAILABLE.problem("another call is under way and takes long");
        }
        try {
            return work.run();
        } finally {
            one.release();
        }
    }
}
