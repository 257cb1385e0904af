package io.creditrefresh.checks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What planner and workers do with Kafka, done with the settings and the rights of the overlay prod against a broker
 * that asks for certificates.
 *
 * <p>No pod and no Quarkus is in it. This class makes settings of the Kafka client from the variables of a pod itself,
 * by the rule {@code KAFKA_SSL_KEYSTORE_TYPE} is {@code ssl.keystore.type}. That Quarkus reads them so is not seen.
 */
class KafkaRightsTest {

    private static final String JOBS = "credit.refresh.jobs";
    private static final String GROUP = "credit-refresh-worker";
    private static final Overlay PROD = Overlay.of("prod");

    @TempDir
    private static Path folder;

    private static Certificates certificates;
    private static SecuredKafka kafka;

    @BeforeAll
    static void startKafka() throws Exception {
        certificates = new Certificates(folder)
                .sign("localhost")
                .sign("refresh-planner")
                .sign("refresh-worker")
                .sign("refresh-worker-lag")
                .sign("somebody");
        kafka = new SecuredKafka(folder.resolve("data"), certificates);
        kafka.make(PROD);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @Test
    void plannerSendsJobsAndEvents() throws Exception {
        send("refresh-planner", JOBS);
        send("refresh-planner", "credit.events");
    }

    @Test
    void plannerAndScalerAskHowManyJobsWait() throws Exception {
        assertThat(askForLag("refresh-planner")).isEqualTo(12);
        assertThat(askForLag("refresh-worker-lag")).isEqualTo(12);
    }

    @Test
    void workerReadsJobsCommitsAndSetsAsideWhatItCannotRead() throws Exception {
        send("refresh-planner", JOBS);
        try (KafkaConsumer<byte[], byte[]> jobs = consumer("refresh-worker")) {
            jobs.subscribe(List.of(JOBS));
            ConsumerRecords<byte[], byte[]> polled = ConsumerRecords.empty();
            for (int poll = 0; poll < 30 && polled.isEmpty(); poll++) {
                polled = jobs.poll(Duration.ofSeconds(1));
            }
            jobs.commitSync();

            assertThat(polled).isNotEmpty();
        }
        send("refresh-worker", "credit.refresh.dead-letter");
    }

    @Test
    void nobodyDoesWhatIsNotTheirs() {
        refuse(TopicAuthorizationException.class, () -> send("refresh-worker", JOBS));
        refuse(TopicAuthorizationException.class, () -> send("refresh-worker", "credit.events"));
        refuse(TopicAuthorizationException.class, () -> send("refresh-planner", "credit.refresh.dead-letter"));
        refuse(AuthorizationException.class, () -> send("refresh-worker-lag", JOBS));
        refuse(GroupAuthorizationException.class, () -> {
            try (KafkaConsumer<byte[], byte[]> jobs = consumer("refresh-planner")) {
                jobs.subscribe(List.of(JOBS));
                jobs.poll(Duration.ofSeconds(20));
            }
        });
        refuse(AuthorizationException.class, () -> askForLag("somebody"));
    }

    @Test
    void nobodyComesInWithoutACertificate() {
        Map<String, Object> settings = settings("refresh-planner");
        settings.keySet().removeIf(key -> key.startsWith("ssl.keystore"));

        refuse(SslAuthenticationException.class, () -> {
            try (Admin admin = Admin.create(settings)) {
                admin.describeTopics(List.of(JOBS)).allTopicNames().get();
            }
        });
    }

    private interface Attempt {

        void run() throws Exception;
    }

    private static void refuse(Class<? extends Throwable> refusal, Attempt attempt) {
        assertThatThrownBy(() -> {
                    try {
                        attempt.run();
                    } catch (ExecutionException e) {
                        throw e.getCause();
                    }
                })
                // A producer may have learned of it before it is asked to send; then it is a cause.
                .satisfies(error -> assertThat(Stream.iterate(error, next -> next != null, Throwable::getCause))
                        .hasAtLeastOneElementOfType(refusal));
    }

    private static void send(String user, String topic) throws Exception {
        Map<String, Object> settings = settings(user);
        settings.put("acks", "all");
        settings.put("delivery.timeout.ms", 30_000);
        settings.put("request.timeout.ms", 10_000);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, new byte[] {1}, new byte[] {2}))
                    .get();
        }
    }

    /** The questions of the planner's ConsumerLag; the number of partitions. */
    private static int askForLag(String user) throws Exception {
        try (Admin admin = Admin.create(settings(user))) {
            int partitions = admin.describeTopics(List.of(JOBS))
                    .allTopicNames()
                    .get()
                    .get(JOBS)
                    .partitions()
                    .size();
            TopicPartition first = new TopicPartition(JOBS, 0);
            admin.listOffsets(Map.of(first, OffsetSpec.earliest())).all().get();
            admin.listOffsets(Map.of(first, OffsetSpec.latest())).all().get();
            admin.listConsumerGroupOffsets(GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return partitions;
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String user) {
        Map<String, Object> settings = settings(user);
        settings.put("group.id", GROUP);
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The variables of a pod, translated here and not by Quarkus; files of this test are for those mounted. */
    private static Map<String, Object> settings(String user) {
        String pod = user.equals("refresh-worker") ? user : "refresh-planner";
        KubeObject deployment = PROD.get("Deployment", pod);
        Map<String, Object> settings = new HashMap<>();
        PROD.ofKind("ConfigMap")
                .filter(map -> map.name().startsWith(pod + "-"))
                .forEach(map -> KubeObject.strings(map.at("/data")).forEach((key, value) -> {
                    if (key.startsWith("KAFKA_")) {
                        settings.put(key.substring(6).toLowerCase(Locale.ROOT).replace('_', '.'), value);
                    }
                }));
        assertThat(deployment.at("/spec/template/spec/containers/0/env").findValuesAsText("name"))
                .contains("KAFKA_SSL_KEYSTORE_PASSWORD");
        settings.put("ssl.keystore.password", Certificates.PASSWORD);
        settings.replace("ssl.keystore.location", certificates.keystore(user).toString());
        settings.replace("ssl.truststore.location", certificates.authority().toString());
        settings.replace("bootstrap.servers", kafka.bootstrapServers());
        return settings;
    }
}
