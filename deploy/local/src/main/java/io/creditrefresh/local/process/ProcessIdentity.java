package io.creditrefresh.local.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One process, told apart by its start from every other one that ever gets the same id.
 *
 * @param startedAt as the operating system tells it
 */
public record ProcessIdentity(long pid, Instant startedAt) {

    // Linux derives a process's start from the boot time, which shifts a little with every correction of the clock.
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    /** The identity of a process that runs now; empty when it has already ended. */
    public static Optional<ProcessIdentity> of(ProcessHandle process) {
        return process.info().startInstant().map(start -> new ProcessIdentity(process.pid(), start));
    }

    /** The identity of this JVM. */
    public static ProcessIdentity current() {
        return of(ProcessHandle.current())
                .orElseThrow(() -> new IllegalStateException("this system does not tell when a process started"));
    }

    /** The process itself, as long as it runs. */
    public Optional<ProcessHandle> find() {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> process.info()
                .startInstant()
                .filter(start -> Duration.between(start, startedAt).abs().compareTo(START_TOLERANCE) <= 0)
                .isPresent());
    }
}
