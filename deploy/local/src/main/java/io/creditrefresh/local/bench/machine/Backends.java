package io.creditrefresh.local.bench.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** CPU time of the processes of a Postgres server that run now, by role for sessions and by task for the others. */
public final class Backends {

    private static final String PREFIX = "postgres: ";

    private Backends() {}

    /**
     * The times of the children of a server.
     *
     * @param pid of the server itself
     */
    public static Map<String, Duration> of(long pid) {
        var times = new TreeMap<String, Duration>();
        ProcessHandle.of(pid).stream().flatMap(ProcessHandle::children).forEach(child -> ProcessStat.of(child.pid())
                .ifPresent(stat ->
                        title(child.pid()).ifPresent(title -> times.merge(name(title), stat.own(), Duration::plus))));
        return times;
    }

    /** Of the title that a process has given itself, as {@code postgres: credit_worker credits ::1(4711) idle}. */
    static String name(String title) {
        var words = title.startsWith(PREFIX) ? title.substring(PREFIX.length()) : title;
        return words.contains("(") ? words.substring(0, words.indexOf(' ')) : words.replaceAll("[ \\d]+$", "");
    }

    /** Empty when the process has ended. */
    private static Optional<String> title(long pid) {
        try {
            var title = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
            return Optional.of(title.replace('\0', ' ').strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
