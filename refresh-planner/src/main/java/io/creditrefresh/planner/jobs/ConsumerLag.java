package io.creditrefresh.planner.jobs;

import io.creditrefresh.ledger.message.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** How many refresh jobs wait in Kafka for the workers. */
@Singleton
public class ConsumerLag {

    private static final Logger LOG = Logger.getLogger(ConsumerLag.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Map<String, Object> broker;
    private volatile @Nullable Admin admin;

    ConsumerLag(@Identifier("default-kafka-broker") Map<String, Object> broker) {
        this.broker = broker;
    }

    /** Jobs behind what the workers have committed; empty when Kafka does not say within 5 s a question. */
    public synchronized OptionalLong jobs() {
        try {
            return OptionalLong.of(count(admin()));
        } catch (ExecutionException | KafkaException | IllegalStateException e) {
            LOG.debugf("Consumer lag is unknown: %s", e.getMessage());
            return OptionalLong.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalLong.empty();
        }
    }

    /** Takes no lock: whoever waits for an answer gets none now. */
    void close(@Observes ShutdownEvent event) {
        Admin client = admin;
        if (client != null) {
            client.close(Duration.ZERO);
        }
    }

    private Admin admin() {
        Admin client = admin;
        if (client == null) {
            Map<String, Object> config = new HashMap<>(broker);
            config.put(AdminClientConfig.CLIENT_ID_CONFIG, "refresh-planner-lag");
            config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
            config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
            client = Admin.create(config);
            admin = client;
        }
        return client;
    }

    private static long count(Admin admin) throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions =
                admin.describeTopics(List.of(Topics.REFRESH_JOBS)).allTopicNames().get().values().stream()
                        .flatMap(topic -> topic.partitions().stream())
                        .map(TopicPartitionInfo::partition)
                        .map(partition -> new TopicPartition(Topics.REFRESH_JOBS, partition))
                        .toList();
        Map<TopicPartition, Long> beginnings = offsets(admin, partitions, OffsetSpec.earliest());
        // Asked for before the ends: a job that arrives in between is counted, none is missed.
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(Topics.WORKER_GROUP)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, Long> ends = offsets(admin, partitions, OffsetSpec.latest());
        long jobs = 0;
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata position = committed.get(partition);
            long from = Math.max(position == null ? 0 : position.offset(), beginnings.getOrDefault(partition, 0L));
            jobs += Math.max(0, ends.getOrDefault(partition, from) - from);
        }
        return jobs;
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, List<TopicPartition> partitions, OffsetSpec spec)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> question =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec));
        Map<TopicPartition, ListOffsetsResultInfo> answer =
                admin.listOffsets(question).all().get();
        return answer.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .offset()));
    }
}
