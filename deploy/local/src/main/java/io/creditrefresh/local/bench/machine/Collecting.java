package io.creditrefresh.local.bench.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes JVMs collect all garbage and count what is left, one after the other, again and again: that is what they need,
 * whatever their collector. Slows them down. Needs a JDK, not only a runtime.
 */
public final class Collecting implements AutoCloseable {

    private static final int PAUSE_MS = 100;
    private static final long BYTES_PER_KILOBYTE = 1024;
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)$");

    private final List<Long> pids;
    private final Map<Long, Long> mostLeft = new ConcurrentHashMap<>();
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

    /** Kilobytes of live objects of a process, the most that were counted; 0 if it is none of these. */
    public long mostLeft(long pid) {
        return mostLeft.getOrDefault(pid, 0L);
    }

    /** In bytes, by the last line of what {@code jcmd PID GC.class_histogram} prints. */
    static long total(String histogram) {
        return TOTAL.matcher(histogram)
                .results()
                .mapToLong(total -> Long.parseLong(total.group(1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no histogram of a heap: " + histogram.strip()));
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
            // Collects the whole heap first, and nothing is allocated before the rest is counted.
            var process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            var histogram = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            mostLeft.merge(pid, total(histogram) / BYTES_PER_KILOBYTE, Math::max);
        }
    }
}
