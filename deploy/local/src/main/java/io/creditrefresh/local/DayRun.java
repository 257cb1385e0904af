package io.creditrefresh.local;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.local.day.DayChart;
import io.creditrefresh.local.day.DayQueries;
import io.creditrefresh.local.day.DayResult;
import io.creditrefresh.local.day.SimulatedDay;
import io.creditrefresh.local.process.ProcessRegistry;
import io.creditrefresh.local.process.RunLock;
import io.creditrefresh.local.stack.Artefacts;
import io.creditrefresh.local.stack.DataDirectory;
import io.creditrefresh.local.stack.LocalStack;
import io.creditrefresh.local.stack.ServiceProcess;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A whole run, from the first check to the last process ended. */
final class DayRun {

    private static final int LAST_LINES = 15;

    private final RunOptions options;
    private final Artefacts artefacts;
    private final DataDirectory data;
    private final Screen screen = Screen.ofProcess();
    private volatile boolean isInterrupted;

    DayRun(RunOptions options, Artefacts artefacts, DataDirectory data) {
        this.options = options;
        this.artefacts = artefacts;
        this.data = data;
    }

    /** Returns the exit status. */
    int call() throws SQLException, IOException, InterruptedException {
        var lock = RunLock.take(data.path());
        if (lock.isEmpty()) {
            return refuse();
        }
        try {
            LauncherLog.into(data.logs());
            var leftOvers = LocalStack.endLeftOvers(data.path());
            if (leftOvers > 0) {
                screen.line("Ended %d processes that an earlier run left behind.".formatted(leftOvers));
            }
            var inUse = options.ports().inUse(options.workers());
            if (inUse.isPresent()) {
                System.err.println(inUse.get());
                return 1;
            }
            return onEmptyOrKeptData();
        } finally {
            lock.get().close();
        }
    }

    private int refuse() {
        var who = new ProcessRegistry(data.path())
                .launcher()
                .map(launcher -> " (process " + launcher.pid() + ")")
                .orElse("");
        System.err.println("A run with the data in %s is up%s. Look at it with deploy/local/run --status,"
                        .formatted(data.path(), who)
                + " stop it with deploy/local/run --stop.");
        return 1;
    }

    private int onEmptyOrKeptData() throws SQLException, InterruptedException {
        var kept = options.keep() ? SimulatedDay.read(data.dayFile()) : Optional.<SimulatedDay>empty();
        if (kept.isEmpty()) {
            SimulatedDay.read(data.dayFile())
                    .ifPresent(day -> screen.line(
                            "  Removing the kept data of %s; --keep goes on with them".formatted(day.date())));
            data.removeData();
        }
        data.removeServiceLogs();
        var stack = new LocalStack(data.path(), options.ports(), artefacts);
        var stopping = new Thread(() -> interrupt(stack), "stop-the-run");
        Runtime.getRuntime().addShutdownHook(stopping);
        stack.onDeath(this::showDeath);
        try {
            return throughTheDay(stack, kept);
        } catch (SQLException | RuntimeException e) {
            if (isInterrupted) {
                // Whatever fails while everything is being stopped fails because of that; the JVM is about to end.
                new CountDownLatch(1).await();
            }
            throw e;
        } finally {
            end(stack);
        }
    }

    private int throughTheDay(LocalStack stack, Optional<SimulatedDay> kept) throws SQLException, InterruptedException {
        var preparation = new Preparation(stack, options, data, screen);
        var day = preparation.prepare(kept);
        var guide = new Guide(options.ports(), data, RunCommand.ofProcess(artefacts, data));
        guide.addresses().forEach(screen::line);
        var took = new DayWatch(stack, day, screen).watch();
        var result = show(stack, day, took);
        if (options.exit()) {
            end(stack);
            screen.line(result.json());
            return result.problems().isEmpty() ? 0 : 1;
        }
        guide.nextThings(somebody(stack, day)).forEach(screen::line);
        new CountDownLatch(1).await();
        return 0;
    }

    private static Optional<String> somebody(LocalStack stack, SimulatedDay day) throws SQLException {
        try (var connection = stack.connect(PostgresServer.SUPERUSER)) {
            return new DayQueries(connection).somebody(day.date());
        }
    }

    private DayResult show(LocalStack stack, SimulatedDay day, Duration took) throws SQLException {
        try (var connection = stack.connect(PostgresServer.SUPERUSER)) {
            var result = DayResult.of(day, took, connection);
            DayChart.of(day, connection).lines().forEach(line -> screen.line("  " + line));
            result.lines().forEach(line -> screen.line("  " + line));
            result.problems().forEach(problem -> screen.line("  PROBLEM " + problem));
            return result;
        }
    }

    private void showDeath(ServiceProcess process) {
        screen.line("%s ended by itself with exit code %d; the run goes on without it. The end of %s:"
                .formatted(process.name(), process.exitCode().orElse(-1), process.log()));
        process.lastLines(LAST_LINES).forEach(line -> screen.line("    " + line));
    }

    private void interrupt(LocalStack stack) {
        isInterrupted = true;
        end(stack);
    }

    private synchronized void end(LocalStack stack) {
        if (stack.isClosed()) {
            return;
        }
        screen.endProgress("Stopping planner, workers, API, Kafka and Postgres ...");
        stack.close();
        if (options.keep()) {
            screen.line("Stopped. The data stay in %s; --keep goes on with them.".formatted(data.path()));
        } else {
            data.removeData();
            screen.line("Stopped. The logs are in %s.".formatted(data.logs()));
        }
    }
}
