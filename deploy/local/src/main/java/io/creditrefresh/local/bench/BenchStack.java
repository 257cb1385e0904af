package io.creditrefresh.local.bench;

import io.creditrefresh.local.LauncherLog;
import io.creditrefresh.local.process.RunLock;
import io.creditrefresh.local.stack.Artefacts;
import io.creditrefresh.local.stack.DataDirectory;
import io.creditrefresh.local.stack.LocalStack;
import io.creditrefresh.local.stack.Ports;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.stack.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;

/**
 * A stack with an empty, migrated database as durable as a production one, on ports that are free. Its data are removed
 * with it, or by the next one if it was killed; its logs stay. One at a time: two would measure each other.
 */
public final class BenchStack implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    private static final int WORKERS = 2;

    private final DataDirectory data;
    private final RunLock lock;
    private final LocalStack stack;
    private final Thread onExit = new Thread(this::end, "end-the-bench");

    private BenchStack(DataDirectory data, RunLock lock, LocalStack stack) {
        this.data = data;
        this.lock = lock;
        this.stack = stack;
    }

    /** Returns with the servers up and the schema made. */
    public static BenchStack start() throws IOException {
        return startIn(DataDirectory.find(Artefacts.find()).path().resolve("bench"));
    }

    /** The same with its data and logs in another directory. */
    public static BenchStack startIn(Path directory) throws IOException {
        var artefacts = Artefacts.find();
        var data = new DataDirectory(directory);
        var lock = RunLock.take(data.path())
                .orElseThrow(() -> new IllegalStateException("A measurement is under way in " + data.path()));
        LauncherLog.into(data.logs());
        LocalStack.endLeftOvers(data.path());
        data.removeData();
        data.removeServiceLogs();
        var bench = new BenchStack(data, lock, new LocalStack(data.path(), Ports.free(WORKERS), artefacts));
        Runtime.getRuntime().addShutdownHook(bench.onExit);
        try {
            bench.stack.startServers();
            bench.migrate();
            return bench;
        } catch (RuntimeException e) {
            bench.end();
            throw e;
        }
    }

    public LocalStack stack() {
        return stack;
    }

    /** Starts these services and returns when all of them are ready. */
    public void startServices(Service... services) throws InterruptedException {
        startServices(Map.of(), services);
    }

    /**
     * The same with more in their environment.
     *
     * @param extraEnvironment wins over what the stack would set
     */
    public void startServices(Map<String, String> extraEnvironment, Service... services) throws InterruptedException {
        var processes = new ArrayList<ServiceProcess>();
        for (var service : services) {
            processes.add(stack.start(service, extraEnvironment));
        }
        for (var process : processes) {
            if (!process.awaitReady(READY_LIMIT)) {
                throw new IllegalStateException(
                        "%s is not ready; look into %s".formatted(process.name(), process.log()));
            }
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // The JVM is being stopped, and the hook ends everything.
            return;
        }
        end();
    }

    private void migrate() {
        var result = stack.run("migrate", "credit_owner", "migrate");
        if (!result.succeeded()) {
            throw new IllegalStateException("The migration failed: " + result.output());
        }
    }

    private void end() {
        try {
            stack.close();
            data.removeData();
        } finally {
            lock.close();
        }
    }
}
