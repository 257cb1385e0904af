package io.creditrefresh.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the processes of a run in a file, so that whoever comes after a killed run can end what it left behind. Between
 * the start of a process and its entry here a kill of the launcher goes unseen; that is a few milliseconds.
 */
public final class ProcessRegistry {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Path file;

    /** Uses {@code run.json} in the directory. */
    public ProcessRegistry(Path directory) {
        this.file = directory.resolve("run.json");
    }

    /** Begins a run of this JVM without processes. */
    public synchronized void begin(int portBase) {
        new RunState(ProcessIdentity.current(), portBase, Map.of()).write(file);
    }

    /** Adds a process under its name, in place of an earlier one. One that has already ended is left out. */
    public synchronized void add(String name, ProcessHandle process) {
        ProcessIdentity.of(process).ifPresent(identity -> state().ifPresent(state -> {
            state.processes().put(name, identity);
            state.write(file);
        }));
    }

    /** Forgets the process of a name if it is this one. */
    public synchronized void remove(String name, long pid) {
        state().filter(state -> state.processes().containsKey(name)
                        && state.processes().get(name).pid() == pid)
                .ifPresent(state -> {
                    state.processes().remove(name);
                    state.write(file);
                });
    }

    /** The run of the file, alive or not. */
    public Optional<RunState> state() {
        return RunState.read(file);
    }

    /** The launcher of the run, as long as it is alive. */
    public Optional<ProcessHandle> launcher() {
        return state().flatMap(state -> state.launcher().find());
    }

    /**
     * Ends the processes of a run whose launcher is gone. A process that has only got the id of one of them is not
     * touched.
     *
     * @return how many were still running
     */
    public synchronized int endLeftOvers() {
        var leftOvers = state().stream()
                .flatMap(state -> state.processes().values().stream())
                .flatMap(process -> process.find().stream())
                .toList();
        ProcessEnd.stop(leftOvers, STOP_LIMIT);
        return leftOvers.size();
    }

    /** Ends the run of the file: nothing of it runs any more. */
    public synchronized void end() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
