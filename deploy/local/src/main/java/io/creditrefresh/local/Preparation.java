package io.creditrefresh.local;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.local.day.DayQueries;
import io.creditrefresh.local.day.SimulatedDay;
import io.creditrefresh.local.sample.SampleUsers;
import io.creditrefresh.local.stack.CommandResult;
import io.creditrefresh.local.stack.DataDirectory;
import io.creditrefresh.local.stack.DayClock;
import io.creditrefresh.local.stack.LocalStack;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.stack.ServiceProcess;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Brings a run to the point where the simulated day begins: servers, schema, users, services. */
final class Preparation {

    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final Duration LEAD_MIN = Duration.ofSeconds(2);
    private static final Duration LEAD_MAX = Duration.ofSeconds(60);

    // A service takes about so many times as long as the migration command until it is ready.
    private static final double SERVICE_TO_COMMAND = 5;
    private static final int SOME_ROWS_ARE_BAD = 1;
    private static final int BAD_ROWS_SHOWN = 20;

    private final LocalStack stack;
    private final RunOptions options;
    private final DataDirectory data;
    private final Screen screen;
    private final InstantSource realTime = InstantSource.system();

    Preparation(LocalStack stack, RunOptions options, DataDirectory data, Screen screen) {
        this.stack = stack;
        this.options = options;
        this.data = data;
        this.screen = screen;
    }

    /**
     * Returns with the services up, or started and shown as not ready.
     *
     * @param kept the day that an earlier run began, to go on with
     */
    SimulatedDay prepare(Optional<SimulatedDay> kept) throws SQLException, InterruptedException {
        startServers();
        // Yesterday, so that the simulated time never runs ahead of the real one.
        var date = kept.map(SimulatedDay::date).orElseGet(() -> LocalDate.ofInstant(realTime.instant(), ZoneOffset.UTC)
                .minusDays(1));
        stack.useClock(DayClock.standingAt(SimulatedDay.startOf(date)));
        var migration = migrate();
        var day = kept.isPresent() ? goOn(kept.get()) : begin(date, migration.took());
        stack.useClock(day.clock());
        startServices();
        return day;
    }

    private void startServers() {
        var started = System.nanoTime();
        stack.startServers();
        screen.done(
                "Postgres on localhost:%d, Kafka on localhost:%d"
                        .formatted(stack.ports().postgres(), stack.ports().kafka()),
                since(started));
    }

    private CommandResult migrate() {
        var result = stack.run("migrate", "credit_owner", "migrate");
        if (!result.succeeded()) {
            throw new RunFailedException("The migration failed: " + result.output());
        }
        screen.done("Schema up to date", result.took());
        return result;
    }

    private SimulatedDay goOn(SimulatedDay day) {
        screen.line("  Going on with the kept data of %s; --users, --import and --speed do not count"
                .formatted(day.date()));
        return day;
    }

    private SimulatedDay begin(LocalDate date, Duration commandTook) throws SQLException {
        importUsers(options.importFile().orElseGet(() -> sampleFile(date)));
        try (var connection = stack.connect(PostgresServer.SUPERUSER)) {
            var due = new DayQueries(connection).due(SimulatedDay.endOf(date));
            var startedAt = realTime.instant().plus(lead(commandTook));
            var day = new SimulatedDay(date, due, startedAt, options.speed());
            day.write(data.dayFile());
            return day;
        }
    }

    private Path sampleFile(LocalDate date) {
        var started = System.nanoTime();
        var file = data.sampleFile();
        new SampleUsers(date).write(file, options.users());
        screen.done("%,d sample users written".formatted(options.users()), since(started));
        return file;
    }

    private void importUsers(Path file) {
        var result = stack.run("import", "credit_operator", "import", file.toString());
        if (result.exitCode() == SOME_ROWS_ARE_BAD) {
            showBadRows(result);
        } else if (!result.succeeded()) {
            throw new RunFailedException("The import failed: " + result.output());
        }
        screen.done("%s imported".formatted(file.getFileName()), result.took());
    }

    private void showBadRows(CommandResult result) {
        var lines = result.output().lines().toList();
        var shown = Math.min(BAD_ROWS_SHOWN, lines.size() - 1);
        lines.subList(0, shown).forEach(line -> screen.line("    " + line));
        if (shown < lines.size() - 1) {
            screen.line("    ... all of them are in " + stack.log("import"));
        }
        screen.line("    " + lines.get(lines.size() - 1));
    }

    /** How long from now the services will need, so that the day begins when they are usually ready. */
    private Duration lead(Duration commandTook) {
        var services = 2 + options.workers();
        var atOnce = Math.min(services, Runtime.getRuntime().availableProcessors());
        var estimate = Duration.ofMillis((long) (commandTook.toMillis() * SERVICE_TO_COMMAND * services / atOnce));
        if (estimate.compareTo(LEAD_MIN) < 0) {
            return LEAD_MIN;
        }
        return estimate.compareTo(LEAD_MAX) > 0 ? LEAD_MAX : estimate;
    }

    private void startServices() throws InterruptedException {
        var started = System.nanoTime();
        var services = new ArrayList<ServiceProcess>();
        services.add(stack.start(Service.API));
        services.add(stack.start(Service.PLANNER));
        for (int number = 1; number <= options.workers(); number++) {
            services.add(stack.start(Service.worker(number)));
        }
        var late = new ArrayList<ServiceProcess>();
        for (var service : services) {
            var left = READY_LIMIT.minus(since(started));
            if (!service.awaitReady(left)) {
                late.add(service);
            }
        }
        services.removeAll(late);
        if (!services.isEmpty()) {
            screen.done("Ready: " + names(services), since(started));
        }
        if (!late.isEmpty()) {
            screen.line("  NOT READY: %s; look into %s".formatted(names(late), data.logs()));
        }
    }

    private static String names(List<ServiceProcess> services) {
        return services.stream().map(ServiceProcess::name).collect(Collectors.joining(", "));
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
