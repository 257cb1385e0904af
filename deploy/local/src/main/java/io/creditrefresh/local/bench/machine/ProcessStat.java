package io.creditrefresh.local.bench.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What Linux knows of a process.
 *
 * @param parent the process id of its parent
 * @param own CPU time of the process itself
 * @param ended CPU time of its children that have ended and that it has waited for
 */
record ProcessStat(long parent, Duration own, Duration ended) {

    // What /proc counts in has been the same on every Linux for decades, whatever the kernel's own clock.
    private static final Duration TICK = Duration.ofMillis(10);

    private static final int PARENT = 1;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;
    private static final int ENDED_USER_TICKS = 13;
    private static final int ENDED_SYSTEM_TICKS = 14;

    /** Empty when there is no such process. */
    static Optional<ProcessStat> of(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            return Optional.of(parse(stat));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Reads the line of {@code /proc/PID/stat}. */
    static ProcessStat parse(String stat) {
        // The name in front may have spaces and brackets of its own.
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return new ProcessStat(
                Long.parseLong(fields[PARENT]),
                ticks(fields[USER_TICKS]).plus(ticks(fields[SYSTEM_TICKS])),
                ticks(fields[ENDED_USER_TICKS]).plus(ticks(fields[ENDED_SYSTEM_TICKS])));
    }

    private static Duration ticks(String count) {
        return TICK.multipliedBy(Long.parseLong(count));
    }
}
