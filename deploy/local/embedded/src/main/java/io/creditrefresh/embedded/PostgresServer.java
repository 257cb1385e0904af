package io.creditrefresh.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A Postgres server as durable as a production one (fsync and synchronous commit are on), listening on localhost only.
 * Every role may connect without a password. It stops only by its methods, never by a shutdown hook of its own, and
 * keeps its port and data from one start to the next. A server that a killed JVM left running in the same directory is
 * stopped before a start.
 */
public final class PostgresServer implements AutoCloseable {

    /** The role that may do everything. */
    public static final String SUPERUSER = "postgres";

    /** The session time zone of throw-away servers: far from UTC and not on the hour, so that zone errors show. */
    public static final ZoneId ODD_ZONE = ZoneId.of("Asia/Kathmandu");

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Path directory;
    private final boolean throwAway;
    private final int port;
    private final ZoneId zone;
    private @Nullable EmbeddedPostgres server;

    private PostgresServer(Path directory, boolean throwAway, int port, ZoneId zone) {
        this.directory = directory;
        this.throwAway = throwAway;
        this.port = FreePort.orFixed(port);
        this.zone = zone;
    }

    /**
     * Describes a server, not started yet, that keeps its data; sessions are in UTC.
     *
     * @param directory holds {@code data} and {@code postgres.log}; created when missing
     * @param port 1 to 65535, or 0 for a free one
     */
    public static PostgresServer persistent(Path directory, int port) {
        return new PostgresServer(directory, false, port, ZoneId.of("UTC"));
    }

    /** Starts a server on a free port, in {@link #ODD_ZONE}, whose data {@link #close} deletes. */
    public static PostgresServer throwAway() {
        var directory = ThrowAwayDirectory.create("postgres", PostgresServer::stopLeftOver);
        var server = new PostgresServer(directory, true, 0, ODD_ZONE);
        server.start();
        return server;
    }

    /** The one throw-away server of this JVM, started by the first call and closed when the JVM ends. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /**
     * Starts the server on the data it has, or on new data. Does nothing when it runs.
     *
     * @throws UncheckedIOException when it does not answer within 60 s, for example because the port is in use
     */
    public synchronized void start() {
        if (server != null) {
            return;
        }
        try {
            Files.createDirectories(directory);
            stopLeftOver(directory);
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(data(directory))
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setPGStartupWait(START_LIMIT)
                    .setOutputRedirector(Redirect.appendTo(logFile().toFile()))
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("timezone", zone.getId())
                    .setServerConfig("log_timezone", "UTC")
                    .start();
        } catch (IOException e) {
            stopLeftOver(directory);
            throw new UncheckedIOException("Postgres did not start on port %d, see %s".formatted(port, logFile()), e);
        }
    }

    /**
     * Ends all sessions, writes a checkpoint and stops; the data stay. Also stops a server that a killed JVM left
     * running in the same directory. Does nothing when none runs.
     */
    public synchronized void stop() {
        forget();
        stopLeftOver(directory);
    }

    /** Stops as in a power cut: what was committed is recovered by the next start. */
    public synchronized void crash() {
        Postmaster.of(data(directory)).ifPresent(Postmaster::crash);
        forget();
    }

    /** Stops the server and deletes the data of a throw-away one. */
    @Override
    public synchronized void close() {
        if (throwAway) {
            // Nobody reads the data again: the checkpoint over the databases of all tests would take long for nothing.
            crash();
            ThrowAwayDirectory.delete(directory);
        } else {
            stop();
        }
    }

    public int port() {
        return port;
    }

    /** The process id of the server, if it runs. */
    public OptionalLong pid() {
        return Postmaster.of(data(directory)).map(Postmaster::pid).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** What the server writes. */
    public Path logFile() {
        return directory.resolve("postgres.log");
    }

    /** The JDBC URL of a database, without a role. */
    public String url(String database) {
        return "jdbc:postgresql://localhost:%d/%s".formatted(port, database);
    }

    /** Opens a new connection for each call, with the session time zone of the server. */
    public DataSource dataSource(String database, String role) {
        var source = new SessionZoneDataSource(zone);
        source.setUrl(url(database));
        source.setUser(role);
        return source;
    }

    /** Creates an empty database that belongs to the superuser. */
    public void createDatabase(String name) throws SQLException {
        createDatabase(name, "template1");
    }

    /** Creates a copy of a database that nobody is connected to: much faster than migrating a new one. */
    public void createDatabase(String name, String template) throws SQLException {
        try (var connection = dataSource("postgres", SUPERUSER).getConnection();
                var create = connection.createStatement()) {
            create.execute("CREATE DATABASE %s TEMPLATE %s"
                    .formatted(create.enquoteIdentifier(name, true), create.enquoteIdentifier(template, true)));
        }
    }

    private void forget() {
        if (server == null) {
            return;
        }
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            server = null;
        }
    }

    /** Stops a server that runs in this directory without belonging to anybody any more. */
    private static void stopLeftOver(Path directory) {
        Postmaster.of(data(directory)).ifPresent(Postmaster::stop);
    }

    private static Path data(Path directory) {
        return directory.resolve("data");
    }

    private static final class Shared {

        private static final PostgresServer SERVER = throwAway();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close, "close-shared-postgres"));
        }
    }
}
