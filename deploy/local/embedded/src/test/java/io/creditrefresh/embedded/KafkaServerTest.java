package io.creditrefresh.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaServerTest {

    @TempDir
    private Path directory;

    private KafkaServer server;

    @BeforeEach
    void startWithOneTopic() {
        server = KafkaServer.persistent(directory.resolve("kafka"), 0, 0);
        server.start();
        server.createTopic("kept", 3);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void keepsTopicsRecordsAndAddressOverARestart() throws Exception {
        var address = server.bootstrapServers();
        send("kept", "none");

        server.stop();
        server.start();
        send("kept", "lz4");

        assertThat(server.bootstrapServers()).isEqualTo(address);
        assertThat(partitions("kept")).isEqualTo(3);
        assertThat(endOffset(new TopicPartition("kept", 1))).isEqualTo(2);
    }

    @Test
    void leavesATopicThatExistsAsItIs() throws Exception {
        server.createTopic("kept", 7);

        assertThat(partitions("kept")).isEqualTo(3);
    }

    @Test
    void doesNotCreateATopicByItself() {
        assertThatThrownBy(() -> send("unknown", "none")).hasCauseInstanceOf(TimeoutException.class);
    }

    private void send(String topic, String compression) throws ExecutionException, InterruptedException {
        var settings = Map.<String, Object>of(
                "bootstrap.servers",
                server.bootstrapServers(),
                "compression.type",
                compression,
                "max.block.ms",
                "1000");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, 1, "key", "value")).get();
        }
    }

    private int partitions(String topic) throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()))) {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .size();
        }
    }

    private long endOffset(TopicPartition partition) throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(Map.of("bootstrap.servers", server.bootstrapServers()))) {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        }
    }
}
