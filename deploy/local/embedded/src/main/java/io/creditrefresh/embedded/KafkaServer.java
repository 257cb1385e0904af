package io.creditrefresh.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker that is its own controller, inside this JVM, listening on localhost only. It keeps its ports and data
 * from one start to the next, also when the JVM was killed in between. Topics exist only when they were created
 * explicitly. Like every broker it does not wait for the disk before it acknowledges.
 */
public final class KafkaServer implements AutoCloseable {

    private static final int NODE_ID = 1;

    private final Path directory;
    private final boolean throwAway;
    private final int port;
    private final int controllerPort;
    private @Nullable KafkaRaftServer server;

    private KafkaServer(Path directory, boolean throwAway, int port, int controllerPort) {
        this.directory = directory;
        this.throwAway = throwAway;
        this.port = FreePort.orFixed(port);
        this.controllerPort = FreePort.orFixed(controllerPort);
    }

    /**
     * Describes a broker, not started yet, that keeps its data.
     *
     * @param directory created when missing
     * @param port for clients: 1 to 65535, or 0 for a free one
     * @param controllerPort of the broker's controller: 1 to 65535, or 0 for a free one
     */
    public static KafkaServer persistent(Path directory, int port, int controllerPort) {
        return new KafkaServer(directory, false, port, controllerPort);
    }

    /** Starts a broker on free ports whose data {@link #close} deletes. */
    public static KafkaServer throwAway() {
        var directory = ThrowAwayDirectory.create("kafka", abandoned -> {});
        var server = new KafkaServer(directory, true, 0, 0);
        server.start();
        return server;
    }

    /** The one throw-away broker of this JVM, started by the first call and closed when the JVM ends. */
    public static KafkaServer shared() {
        return Shared.SERVER;
    }

    /** Starts the broker on the data it has, or on new data, and returns when it serves. Does nothing when it runs. */
    public synchronized void start() {
        if (server != null) {
            return;
        }
        format();
        var starting = new KafkaRaftServer(KafkaConfig.fromProps(settings()), Time.SYSTEM);
        try {
            starting.startup();
        } catch (RuntimeException e) {
            starting.shutdown();
            throw e;
        }
        server = starting;
    }

    /** Stops the broker; the data stay. Does nothing when it does not run. */
    public synchronized void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    /** Stops the broker and deletes the data of a throw-away one. */
    @Override
    public synchronized void close() {
        stop();
        if (throwAway) {
            ThrowAwayDirectory.delete(directory);
        }
    }

    /** What clients connect to, as {@code host:port}. */
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /**
     * Creates a topic unless it exists.
     *
     * @param partitions 1 or more; a topic that exists keeps the number it has
     */
    public void createTopic(String name, int partitions) {
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("could not create topic " + name, e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topic " + name, e);
        }
    }

    private void format() {
        if (Files.exists(directory.resolve("meta.properties"))) {
            return;
        }
        try {
            Files.createDirectories(directory);
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE_ID)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(directory.toString())
                    .setDirectories(List.of(directory.toString()))
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException("could not format " + directory, e);
        }
    }

    private Properties settings() {
        var settings = new Properties();
        settings.putAll(Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE_ID),
                "listeners",
                "PLAINTEXT://localhost:%d,CONTROLLER://localhost:%d".formatted(port, controllerPort),
                "controller.listener.names",
                "CONTROLLER",
                "controller.quorum.voters",
                "%d@localhost:%d".formatted(NODE_ID, controllerPort),
                "log.dirs",
                directory.toString(),
                "auto.create.topics.enable",
                "false",
                "group.initial.rebalance.delay.ms",
                "0"));
        // One node holds everything, so one copy and few partitions of the internal topics must do.
        settings.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "share.coordinator.state.topic.num.partitions", "1"));
        // Sized for tens of megabytes of heap.
        settings.putAll(Map.of(
                "log.cleaner.dedupe.buffer.size", "4194304",
                "num.network.threads", "2",
                "num.io.threads", "4",
                "background.threads", "2"));
        return settings;
    }

    private static final class Shared {

        private static final KafkaServer SERVER = throwAway();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close, "close-shared-kafka"));
        }
    }
}
