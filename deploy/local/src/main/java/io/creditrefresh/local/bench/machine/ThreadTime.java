package io.creditrefresh.local.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** CPU time of the threads of a process by name: where inside of it the time goes, the JVM's own threads included. */
public final class ThreadTime {

    private ThreadTime() {}

    /** By name, of which Linux knows 15 characters, without the number at its end. */
    public static Map<String, Duration> of(long pid) throws IOException {
        var times = new TreeMap<String, Duration>();
        try (var threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            threads.forEach(thread -> stat(thread)
                    .ifPresent(stat ->
                            times.merge(name(stat), ProcessStat.parse(stat).own(), Duration::plus)));
        }
        return times;
    }

    static String name(String stat) {
        return stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')')).replaceAll("[-#_ ]+\\d+$", "");
    }

    /** Empty when the thread has ended. */
    private static Optional<String> stat(Path thread) {
        try {
            return Optional.of(Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
