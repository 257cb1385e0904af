package io.creditrefresh.local.bench.peer;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.local.bench.machine.BoundProcess;
import io.creditrefresh.local.stack.Artefacts;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The peer as a process of its own, with as much memory as a service of ours. It ends with this one. */
final class PeerProcess implements AutoCloseable {

    private static final int STOP_SECONDS = 10;

    private final Process process;
    private final BufferedReader output;
    private final Path log;

    private PeerProcess(Process process, Path log) {
        this.process = process;
        this.output = process.inputReader();
        this.log = log;
    }

    /**
     * Starts it; it begins with the tasks that are there.
     *
     * @param first number of accounts that can be waited for
     * @param all a second such number
     */
    static PeerProcess start(String url, Path log, int first, int all) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(List.of(java));
        command.addAll(Artefacts.JVM_OPTIONS);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                PeerMain.class.getName(),
                url,
                PostgresServer.SUPERUSER,
                Integer.toString(first),
                Integer.toString(all)));
        var builder = new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile()));
        return new PeerProcess(BoundProcess.start(builder), log);
    }

    long pid() {
        return process.pid();
    }

    /** Waits until so many accounts are refreshed, one of the two numbers that it was started with. */
    void awaitDone(int accounts) throws IOException {
        var line = output.readLine();
        if (line == null || Integer.parseInt(line) != accounts) {
            throw new IllegalStateException("the peer said %s, not %d; look into %s".formatted(line, accounts, log));
        }
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
