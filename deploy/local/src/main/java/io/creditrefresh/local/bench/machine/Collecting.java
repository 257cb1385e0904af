package io.creditrefresh.local.bench.machine;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes JVMs collect all garbage, one after the other, again and again: what is left each time is what they need. Slows
 * them down. Needs a JDK, not only a runtime.
 */
public final class Collecting implements AutoCloseable {

    private static final int PAUSE_MS = 100;

    private final List<Long> pids;
    private final Thread thread = new Thread(this::run, "collect-garbage");
    private volatile boolean ended;
    private volatile @Nullable Exception failure;

    /** Of these processes; of none it does nothing. */
    public Collecting(List<Long> pids) {
        this.pids = List.copyOf(pids);
    }

    /** Begins with one collection of each. */
    public void begin() throws IOException, InterruptedException {
        collect();
        thread.start();
    }

    /** Ends with one collection of each. */
    @Override
    public void close() throws IOException {
        ended = true;
        try {
            thread.join();
            if (failure != null) {
                throw new IllegalStateException("what was needed meanwhile is not known", failure);
            }
            collect();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!ended) {
                collect();
                Thread.sleep(PAUSE_MS);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            failure = e;
        }
    }

    private void collect() throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            throw new IllegalStateException("a JDK is needed, with " + jcmd);
        }
        for (var pid : pids) {
            var exitCode = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (exitCode != 0) {
                throw new IllegalStateException("jcmd %d GC.run ended with %d".formatted(pid, exitCode));
            }
        }
    }
}
