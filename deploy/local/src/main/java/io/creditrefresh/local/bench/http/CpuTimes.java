package io.creditrefresh.local.bench.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * CPU time in microseconds that processes have used, by the kernel's clock of 10 ms. Only Linux tells it of processes
 * that have ended; elsewhere all are 0.
 *
 * @param postgres of the server and all its backends
 * @param tools of what this JVM has run and has seen end
 */
record CpuTimes(long api, long postgres, long tools) {

    private static final Path PROC = Path.of("/proc");
    private static final long MICROS_PER_TICK = 10_000;

    /** Since the processes began. */
    static CpuTimes now(long apiPid, long postgresPid) {
        long postgres = used(postgresPid).own() + used(postgresPid).ofEnded();
        long backends = ProcessHandle.of(postgresPid).stream()
                .flatMap(ProcessHandle::children)
                .mapToLong(backend -> used(backend.pid()).own())
                .sum();
        return new CpuTimes(
                used(apiPid).own(),
                postgres + backends,
                used(ProcessHandle.current().pid()).ofEnded());
    }

    CpuTimes since(CpuTimes earlier) {
        return new CpuTimes(api - earlier.api, postgres - earlier.postgres, tools - earlier.tools);
    }

    private static Used used(long pid) {
        return stat(pid).map(Used::parse).orElse(new Used(0, 0));
    }

    /** Empty when the process has ended: then its parent has its time. */
    private static Optional<String> stat(long pid) {
        try {
            return Optional.of(Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Of one process, in microseconds.
     *
     * @param ofEnded of its children that have ended
     */
    record Used(long own, long ofEnded) {

        // Counted from the field after the name.
        private static final int OWN_USER = 11;
        private static final int OWN_SYSTEM = 12;
        private static final int ENDED_USER = 13;
        private static final int ENDED_SYSTEM = 14;

        /** Reads a line of {@code /proc/PID/stat}; the name in it may hold anything. */
        static Used parse(String line) {
            var fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
            return new Used(
                    MICROS_PER_TICK * (Long.parseLong(fields[OWN_USER]) + Long.parseLong(fields[OWN_SYSTEM])),
                    MICROS_PER_TICK * (Long.parseLong(fields[ENDED_USER]) + Long.parseLong(fields[ENDED_SYSTEM])));
        }
    }
}
