package io.creditrefresh.local.bench.machine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/** What a service needs of memory from now on: its JVM logs every collection of garbage into the service's log. */
public final class Memory {

    /** The environment that makes a JVM log its collections. */
    public static final Map<String, String> LOGGED = Map.of("JAVA_TOOL_OPTIONS", "-Xlog:gc");

    /** The same for those that are made to collect all garbage: none is left in place, to be counted as needed. */
    public static final Map<String, String> LOGGED_AND_COMPACTED =
            Map.of("JAVA_TOOL_OPTIONS", "-Xlog:gc -XX:MarkSweepDeadRatio=0");

    private static final Pattern COLLECTION = Pattern.compile("\\[gc\\s*] GC\\(\\d+\\) Pause .*?\\d+M->(\\d+)M\\(");
    private static final Pattern PEAK_RESIDENT = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private final long pid;
    private final Path log;
    private final long from;

    private Memory(long pid, Path log, long from) {
        this.pid = pid;
        this.log = log;
        this.from = from;
    }

    /**
     * What was used at most.
     *
     * @param heap megabytes that a collection has left, 0 if there was none
     * @param needed kilobytes of live objects, 0 if nobody has counted them
     * @param resident megabytes since the process began
     */
    public record Use(long heap, long needed, long resident) {}

    public static Memory watch(long pid, Path log) throws IOException {
        return new Memory(pid, log, Files.size(log));
    }

    /**
     * The most since the watch began.
     *
     * @param garbage who has counted the live objects meanwhile, if anybody has
     */
    public Use peak(Collecting garbage) throws IOException {
        var status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
        return new Use(peak(newLines()), garbage.mostLeft(pid), resident(status));
    }

    /** The most that a collection has left, by the lines of {@code -Xlog:gc}; 0 if there was none. */
    static long peak(String log) {
        return COLLECTION
                .matcher(log)
                .results()
                .mapToLong(collection -> Long.parseLong(collection.group(1)))
                .max()
                .orElse(0);
    }

    static long resident(String status) {
        var peak = PEAK_RESIDENT.matcher(status);
        if (!peak.find()) {
            throw new IllegalStateException("no VmHWM in /proc/PID/status");
        }
        return Long.parseLong(peak.group(1)) / 1024;
    }

    private String newLines() throws IOException {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            var bytes = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
