package io.creditrefresh.local.day;

import io.creditrefresh.ledger.message.Topics;
import io.creditrefresh.local.stack.LocalStack;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How many jobs the planner has emitted and the workers have acknowledged. */
public final class JobsTopic implements AutoCloseable {

    private static final List<TopicPartition> PARTITIONS = IntStream.range(0, LocalStack.PARTITIONS)
            .mapToObj(partition -> new TopicPartition(Topics.REFRESH_JOBS, partition))
            .toList();

    private final Admin admin;

    public JobsTopic(String bootstrapServers) {
        this.admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 4_000));
    }

    /** Jobs in the topic, repeated ones too: the sum of its end offsets. */
    public long emitted() throws ExecutionException, InterruptedException {
        var latest =
                PARTITIONS.stream().collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return admin.listOffsets(latest).all().get().values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    /** Jobs that the workers have acknowledged: the sum of their group's committed offsets. */
    public long acknowledged() throws ExecutionException, InterruptedException {
        return admin
                .listConsumerGroupOffsets(Topics.WORKER_GROUP)
                .partitionsToOffsetAndMetadata()
                .get()
                .values()
                .stream()
                .filter(committed -> committed != null)
                .mapToLong(committed -> committed.offset())
                .sum();
    }

    @Override
    public void close() {
        admin.close();
    }
}
