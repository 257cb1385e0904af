package io.creditrefresh.local.stack;

import io.creditrefresh.embedded.KafkaServer;
import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.ledger.message.Topics;
import io.creditrefresh.local.process.ProcessEnd;
import io.creditrefresh.local.process.ProcessRegistry;
import io.creditrefresh.local.token.DevelopmentKeys;
import io.creditrefresh.local.token.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The whole pipeline on one machine. Postgres and Kafka run under this JVM and the services as child processes made
 * from the artefacts that ship; each can be stopped, killed and started again alone, as often as one likes.
 *
 * <p>Whoever makes a stack closes it; a stack whose JVM was killed is ended by the {@link ProcessRegistry} of its
 * directory.
 */
public final class LocalStack implements AutoCloseable {

    /** Partitions of the jobs topic, and so the most workers that can share it. */
    public static final int PARTITIONS = 12;

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final Path directory;
    private final Ports ports;
    private final Artefacts artefacts;
    private final ProcessRegistry registry;
    private final PostgresServer postgres;
    private final KafkaServer kafka;
    private final Map<Service, ServiceProcess> services = new ConcurrentHashMap<>();
    private final Set<Process> commands = ConcurrentHashMap.newKeySet();
    private final List<Consumer<ServiceProcess>> deathListeners = new CopyOnWriteArrayList<>();
    private final ServiceEnvironment environment;
    private volatile boolean closed;

    /**
     * Describes a stack; nothing is started yet.
     *
     * @param directory for data, logs and process ids; data that are in it are used
     */
    public LocalStack(Path directory, Ports ports, Artefacts artefacts) {
        this.directory = directory.toAbsolutePath();
        this.ports = ports;
        this.artefacts = artefacts;
        this.registry = new ProcessRegistry(this.directory);
        this.postgres = postgresOf(this.directory, ports);
        this.kafka = KafkaServer.persistent(this.directory.resolve("kafka"), ports.kafka(), ports.kafkaController());
        this.environment = new ServiceEnvironment(ports, postgres.url(Database.NAME), kafka.bootstrapServers());
    }

    /** The Postgres of the stack in a directory, whoever started it. */
    public static PostgresServer postgresOf(Path directory, Ports ports) {
        return PostgresServer.persistent(directory.toAbsolutePath().resolve("postgres"), ports.postgres());
    }

    /**
     * Ends what a killed JVM left behind of the stack in a directory; its data stay.
     *
     * @return how many processes were still running
     */
    public static int endLeftOvers(Path directory) {
        var registry = new ProcessRegistry(directory);
        var ended = registry.endLeftOvers();
        var postgres = postgresOf(directory, new Ports(Ports.BASE_MIN));
        ended += postgres.pid().isPresent() ? 1 : 0;
        postgres.stop();
        DevelopmentKeys.removeFrom(directory);
        registry.end();
        return ended;
    }

    /** Starts Postgres and Kafka, makes database, roles and topics unless they exist, and new keys for tokens. */
    public synchronized void startServers() {
        refuseWhenClosed();
        try {
            Files.createDirectories(directory.resolve("logs"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        environment.trust(DevelopmentKeys.makeIn(directory));
        registry.begin(ports.base());
        var broker = CompletableFuture.runAsync(this::startKafka);
        try {
            postgres.start();
            Database.create(postgres);
        } catch (SQLException e) {
            throw new IllegalStateException("could not create the database", e);
        } finally {
            broker.join();
        }
    }

    /** Gives every process that is started from now on this clock; without one they show the real time. */
    public void useClock(DayClock clock) {
        environment.useClock(clock);
    }

    /**
     * Signs tokens that the services of this stack take.
     *
     * @throws IllegalStateException before the servers are started
     */
    public Tokens tokens() {
        return DevelopmentKeys.readFrom(directory)
                .map(keys -> new Tokens(keys, InstantSource.system()))
                .orElseThrow(() -> new IllegalStateException("the start of the servers makes the keys"));
    }

    /**
     * Runs a command of the operator to its end, however long it takes.
     *
     * @param name of its log and its process
     * @param role the database role that it connects as
     */
    public CommandResult run(String name, String role, String... arguments) {
        var log = log(name);
        var started = System.nanoTime();
        var process = launch(
                name,
                artefacts.command(Service.Kind.PLANNER, arguments),
                environment.ofCommand(role),
                Redirect.to(log.toFile()));
        commands.add(process);
        try {
            var exitCode = process.waitFor();
            return new CommandResult(exitCode, Files.readString(log), Duration.ofNanos(System.nanoTime() - started));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + name, e);
        } finally {
            commands.remove(process);
            registry.remove(name, process.pid());
        }
    }

    /**
     * Starts a service and returns at once.
     *
     * @param extraEnvironment wins over what the stack would set
     * @throws IllegalStateException if it runs already
     */
    public ServiceProcess start(Service service, Map<String, String> extraEnvironment) {
        if (running(service).isPresent()) {
            throw new IllegalStateException(service.name() + " runs already");
        }
        var variables = environment.ofService(service);
        variables.putAll(extraEnvironment);
        var log = log(service.name());
        var process =
                launch(service.name(), artefacts.command(service.kind()), variables, Redirect.appendTo(log.toFile()));
        var started = new ServiceProcess(service, process, ports, log);
        services.put(service, started);
        var unused = process.onExit().thenRun(() -> ended(started));
        return started;
    }

    public ServiceProcess start(Service service) {
        return start(service, Map.of());
    }

    /** The process of a service, as long as it runs. */
    public Optional<ServiceProcess> running(Service service) {
        return Optional.ofNullable(services.get(service)).filter(ServiceProcess::isAlive);
    }

    /** All service processes that run. */
    public List<ServiceProcess> running() {
        return services.values().stream().filter(ServiceProcess::isAlive).toList();
    }

    /** Tells of each service that ended without being asked to, on a thread of its own. */
    public void onDeath(Consumer<ServiceProcess> listener) {
        deathListeners.add(listener);
    }

    /** A new connection to the service's database. */
    public Connection connect(String role) throws SQLException {
        return postgres.dataSource(Database.NAME, role).getConnection();
    }

    /** To stop, crash and start Postgres alone. */
    public PostgresServer postgres() {
        return postgres;
    }

    /** To stop and start Kafka alone. */
    public KafkaServer kafka() {
        return kafka;
    }

    public Ports ports() {
        return ports;
    }

    /** The URL of the service's database as psql takes it. */
    public String databaseUrl() {
        return databaseUrl(ports);
    }

    public static String databaseUrl(Ports ports) {
        return "postgresql://%s@localhost:%d/%s".formatted(PostgresServer.SUPERUSER, ports.postgres(), Database.NAME);
    }

    /** Where the output of a service or command goes. */
    public Path log(String name) {
        return directory.resolve("logs").resolve(name + ".log");
    }

    /** Stops everything: commands, planners, workers, API, Kafka, Postgres. Nothing can be started afterwards. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        ProcessEnd.stop(commands.stream().map(Process::toHandle).toList(), STOP_LIMIT);
        for (var kind : List.of(Service.Kind.PLANNER, Service.Kind.WORKER, Service.Kind.API)) {
            stopAll(kind);
        }
        try {
            kafka.close();
        } finally {
            postgres.close();
        }
        DevelopmentKeys.removeFrom(directory);
        registry.end();
    }

    /** Whether {@link #close} has been called. */
    public boolean isClosed() {
        return closed;
    }

    private void stopAll(Service.Kind kind) {
        var processes = new ArrayList<ProcessHandle>();
        for (var process : running()) {
            if (process.service().kind() == kind) {
                process.askToEnd();
                processes.add(process.handle());
            }
        }
        ProcessEnd.stop(processes, STOP_LIMIT);
    }

    private void startKafka() {
        kafka.start();
        kafka.createTopic(Topics.REFRESH_JOBS, PARTITIONS);
        kafka.createTopic(Topics.DEAD_LETTER, 1);
        kafka.createTopic(Topics.CREDIT_EVENTS, PARTITIONS);
    }

    private synchronized Process launch(
            String name, List<String> command, Map<String, String> variables, Redirect output) {
        refuseWhenClosed();
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
        builder.environment().putAll(variables);
        // The launcher's own setting; the services would take its prefix for one of theirs.
        builder.environment().remove(DataDirectory.ENVIRONMENT);
        try {
            var process = builder.start();
            registry.add(name, process.toHandle());
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ended(ServiceProcess process) {
        registry.remove(process.name(), process.pid());
        if (!process.wasAskedToEnd()) {
            deathListeners.forEach(listener -> listener.accept(process));
        }
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new IllegalStateException("the stack is closed");
        }
    }
}
