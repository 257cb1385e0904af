package io.creditrefresh.worker.intake;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.worker.trouble.WeatherException;
import io.creditrefresh.worker.trouble.WeatherShelter;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Does the batches of one poll, two at a time, each on a connection of its own: while Postgres works for one, the worker
 * works for the other. Jobs of one account in both are no trouble: one of them applies, the other finds it done.
 */
@Singleton
class ParallelBatches {

    /** As many connections of the pool are for batches. */
    private static final int AT_ONCE = 2;

    private final PolledJobs polled;
    private final WeatherShelter shelter;
    private final ExecutorService executor;
    private final int batchSize;

    ParallelBatches(
            PolledJobs polled,
            WeatherShelter shelter,
            ExecutorService executor,
            RefreshSettings settings,
            @ConfigProperty(name = "mp.messaging.incoming." + WeatherShelter.CHANNEL + ".max.poll.records")
                    int jobsPerPoll) {
        this.polled = polled;
        this.shelter = shelter;
        this.executor = executor;
        this.batchSize = Math.min(settings.batchSize(), Math.max(1, jobsPerPoll / AT_ONCE));
    }

    /**
     * Jobs in batches of about the same size, the configured one at most: one if they fit into it, else as many for each
     * connection, so that none has nothing to do while the other does the last one. A full poll has batches for both,
     * however large they may be.
     *
     * @return for {@link #apply}
     */
    Queue<List<RefreshJob>> of(List<RefreshJob> jobs) {
        int atOnce = AT_ONCE * batchSize;
        int count = jobs.size() <= batchSize ? 1 : (jobs.size() + atOnce - 1) / atOnce * AT_ONCE;
        count = Math.min(count, jobs.size());
        Queue<List<RefreshJob>> batches = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < count; i++) {
            batches.add(jobs.subList(jobs.size() * i / count, jobs.size() * (i + 1) / count));
        }
        return batches;
    }

    /**
     * Does all that are open, and returns when none is under way any more; twice is once.
     *
     * @param open what is done is taken from it, what fails is put back; for several threads
     * @return false if the worker stops before all are done
     * @throws io.creditrefresh.worker.trouble.WeatherException if those that are open then must be tried again
     */
    boolean apply(Queue<List<RefreshJob>> open) throws Exception {
        int others = Math.min(AT_ONCE, open.size()) - 1;
        List<Callable<Boolean>> parts = new ArrayList<>();
        parts.add(() -> applyInTurn(open));
        for (int i = 0; i < others; i++) {
            Future<Boolean> other = executor.submit(() -> applyInTurn(open));
            parts.add(() -> resultOf(other));
        }
        return allOf(parts);
    }

    private boolean applyInTurn(Queue<List<RefreshJob>> open) {
        for (List<RefreshJob> batch = open.poll(); batch != null; batch = open.poll()) {
            if (shelter.isStopping()) {
                return false;
            }
            try {
                polled.apply(batch);
            } catch (RuntimeException | Error e) {
                open.add(batch);
                throw e;
            }
            shelter.progressed();
        }
        return true;
    }

    /** Waits for every one of them, also when one fails: none may be at work when the rest is tried again. */
    private static boolean allOf(List<Callable<Boolean>> parts) throws Exception {
        Exception first = null;
        boolean done = true;
        for (Callable<Boolean> part : parts) {
            try {
                done &= part.call();
            } catch (Exception e) {
                // Weather counts for the breaker, whatever else went wrong.
                first = first == null || e instanceof WeatherException ? e : first;
            } catch (Error e) {
                first = first == null ? new IllegalStateException("a batch ended with an error", e) : first;
            }
        }
        if (first != null) {
            throw first;
        }
        return done;
    }

    /** Goes on to wait when it is interrupted: the other's statements have limits of their own. */
    private static Boolean resultOf(Future<Boolean> part) throws Exception {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return part.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
