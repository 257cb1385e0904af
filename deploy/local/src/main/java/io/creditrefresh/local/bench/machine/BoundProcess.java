package io.creditrefresh.local.bench.machine;

import io.creditrefresh.local.process.ProcessEnd;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A program that does not outlive this process, unless this one is killed without warning. */
public final class BoundProcess {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private BoundProcess() {}

    /**
     * Starts it.
     *
     * @throws IllegalStateException when this process is about to end
     */
    public static Process start(ProcessBuilder builder) throws IOException {
        var process = builder.start();
        var onExit = new Thread(() -> ProcessEnd.stop(List.of(process.toHandle()), LIMIT), "end-a-program");
        try {
            Runtime.getRuntime().addShutdownHook(onExit);
        } catch (IllegalStateException e) {
            process.destroyForcibly();
            throw e;
        }
        var unused = process.onExit().thenRun(() -> forget(onExit));
        return process;
    }

    private static void forget(Thread onExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // It runs.
        }
    }
}
