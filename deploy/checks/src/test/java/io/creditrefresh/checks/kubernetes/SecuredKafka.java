package io.creditrefresh.checks.kubernetes;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A broker that asks its clients for a certificate, with topics and rights of an overlay, as Strimzi would set it up. */
final class SecuredKafka implements AutoCloseable {

    private final KafkaRaftServer server;
    private final String open;
    private final String secured;

    SecuredKafka(Path folder, Certificates certificates) throws Exception {
        List<Integer> ports = freePorts();
        open = "localhost:" + ports.get(0);
        secured = "localhost:" + ports.get(1);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(1)
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(folder.toString())
                .setDirectories(List.of(folder.toString()))
                .setReleaseVersion(MetadataVersion.latestProduction())
                .run();
        server = new KafkaRaftServer(
                KafkaConfig.fromProps(settings(folder, certificates, "localhost:" + ports.get(2))), Time.SYSTEM);
        server.startup();
    }

    /** Where clients with certificates connect to. */
    String bootstrapServers() {
        return secured;
    }

    /** Makes the topics, and gives the users their rights. */
    void make(Overlay overlay) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", open))) {
            admin.createTopics(overlay.ofKind("KafkaTopic")
                            .map(topic -> new NewTopic(
                                    topic.name(), topic.at("/spec/partitions").asInt(), (short) 1))
                            .toList())
                    .all()
                    .get();
            List<AclBinding> rights = new ArrayList<>();
            overlay.ofKind("KafkaUser")
                    .forEach(user -> user.at("/spec/authorization/acls").forEach(acl -> acl.path("operations")
                            .forEach(operation -> rights.add(new AclBinding(
                                    new ResourcePattern(
                                            ResourceType.fromString(upper(
                                                    acl.at("/resource/type").asText())),
                                            acl.at("/resource/name").asText(),
                                            PatternType.fromString(upper(acl.at("/resource/patternType")
                                                    .asText()))),
                                    new AccessControlEntry(
                                            "User:CN=" + user.name(),
                                            "*",
                                            AclOperation.fromString(upper(operation.asText())),
                                            AclPermissionType.ALLOW))))));
            admin.createAcls(rights).all().get();
        }
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private Properties settings(Path folder, Certificates certificates, String controller) {
        Properties settings = new Properties();
        settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,SSL:SSL,CONTROLLER:PLAINTEXT");
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "listeners", "PLAINTEXT://%s,SSL://%s,CONTROLLER://%s".formatted(open, secured, controller),
                "inter.broker.listener.name", "PLAINTEXT",
                "controller.listener.names", "CONTROLLER",
                "controller.quorum.voters", "1@" + controller,
                "log.dirs", folder.toString(),
                "auto.create.topics.enable", "false",
                "group.initial.rebalance.delay.ms", "0",
                "log.cleaner.dedupe.buffer.size", "4194304"));
        settings.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1"));
        settings.putAll(Map.of(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                // The broker itself, and this class: over the listener that has no certificates.
                "super.users", "User:ANONYMOUS",
                "ssl.client.auth", "required",
                "ssl.keystore.type", "PKCS12",
                "ssl.keystore.location", certificates.keystore("localhost").toString(),
                "ssl.keystore.password", Certificates.PASSWORD,
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", certificates.authority().toString()));
        return settings;
    }

    private static List<Integer> freePorts() throws IOException {
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket three = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return List.of(one.getLocalPort(), two.getLocalPort(), three.getLocalPort());
        }
    }
}
