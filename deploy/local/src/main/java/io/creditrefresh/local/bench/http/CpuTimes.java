package io.creditrefresh.local.bench.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * CPU time in microseconds since each process began, by the kernel's clock of 10 ms. Only Linux tells it so.
 *
 * @param postgres of the server and of all backends, also those that have ended
 * @param tools of the commands of this JVM that have ended
 */
record CpuTimes(long api, long postgres, long tools) {

    private static final Path PROC = Path.of("/proc");
    private static final long MICROS_PER_TICK = 10_000;

    static CpuTimes now(long apiPid, long postgresPid) {
        var self = Stat.parse(read(ProcessHandle.current().pid()));
        var postgres = Stat.parse(read(postgresPid));
        var backends = children(postgresPid).mapToLong(stat -> stat.own).sum();
        return new CpuTimes(
                micros(Stat.parse(read(apiPid)).own),
                micros(postgres.own + postgres.ofEnded + backends),
                micros(self.ofEnded));
    }

    CpuTimes since(CpuTimes earlier) {
        return new CpuTimes(api - earlier.api, postgres - earlier.postgres, tools - earlier.tools);
    }

    private static long micros(long ticks) {
        return ticks * MICROS_PER_TICK;
    }

    private static Stream<Stat> children(long parent) {
        return ProcessHandle.of(parent).stream()
                .flatMap(ProcessHandle::children)
                .map(ProcessHandle::pid)
                .map(CpuTimes::readIfAlive)
                .filter(line -> !line.isEmpty())
                .map(Stat::parse);
    }

    private static String readIfAlive(long pid) {
        try {
            return read(pid);
        } catch (UncheckedIOException e) {
            // It has ended since, and its parent has its time.
            return "";
        }
    }

    private static String read(long pid) {
        try {
            return Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
        } catch (IOException e) {
            throw new UncheckedIOException("no CPU times of process " + pid, e);
        }
    }

    /**
     * Of one process, in ticks.
     *
     * @param ofEnded children that it has waited for
     */
    record Stat(long own, long ofEnded) {

        /** Reads a line of {@code /proc/PID/stat}; the name in it may hold spaces and parentheses. */
        static Stat parse(String line) {
            var fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return new Stat(
                    Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
                    Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
        }
    }
}
