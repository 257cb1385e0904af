package io.creditrefresh.planner.tick;

import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.message.RefreshJobCodec;
import io.creditrefresh.ledger.message.Topics;
import io.creditrefresh.ledger.message.UnreadableJobException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.LongDeserializer;

/** Reads the jobs that were sent since it was opened. */
public final class JobTopic implements AutoCloseable {

    private final KafkaConsumer<Long, byte[]> consumer;
    private final List<TopicPartition> partitions;

    private JobTopic(KafkaConsumer<Long, byte[]> consumer, List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.partitions = partitions;
    }

    public static JobTopic open(String bootstrapServers) {
        KafkaConsumer<Long, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new LongDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.REFRESH_JOBS).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return new JobTopic(consumer, partitions);
    }

    /** The jobs since the last call; each one's key is its account. */
    List<RefreshJob> newJobs() throws UnreadableJobException {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<RefreshJob> jobs = new ArrayList<>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<Long, byte[]> message : consumer.poll(Duration.ofSeconds(1))) {
                RefreshJob job = RefreshJobCodec.decode(message.value());
                if (message.key() != job.accountId()) {
                    throw new AssertionError("key " + message.key() + " of account " + job.accountId());
                }
                jobs.add(job);
            }
        }
        return jobs;
    }

    public List<Long> newAccounts() throws UnreadableJobException {
        return newJobs().stream().map(RefreshJob::accountId).toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
