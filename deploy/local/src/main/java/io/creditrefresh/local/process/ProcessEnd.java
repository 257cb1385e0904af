package io.creditrefresh.local.process;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends processes: first asks (SIGTERM), then, after a limit, kills (SIGKILL). */
public final class ProcessEnd {

    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private ProcessEnd() {}

    /** Ends all of them at once; returns when none runs any more. */
    public static void stop(Collection<ProcessHandle> processes, Duration limit) {
        processes.forEach(ProcessHandle::destroy);
        if (!haveEnded(processes, limit)) {
            processes.forEach(ProcessHandle::destroyForcibly);
            haveEnded(processes, KILL_LIMIT);
        }
    }

    /** Waits until all of them have ended; false when the limit has passed before. */
    public static boolean haveEnded(Collection<ProcessHandle> processes, Duration limit) {
        var ends = processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(ends).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return processes.stream().noneMatch(ProcessHandle::isAlive);
        }
    }
}
