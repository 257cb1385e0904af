package io.creditrefresh.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.ledger.message.Topics;
import io.creditrefresh.local.stack.LocalStack;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.token.Bearer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a product reads of a day on which planners are killed: each event, and each account's in their order. */
class EventsIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int USERS = 1_000;
    private static final int MIDDLE = 100;
    private static final double SPEED = 1_440;

    @TempDir
    Path directory;

    @Test
    void tellsOfEverythingAtLeastOnceAndInOrder() throws Exception {
        try (Pipeline pipeline = new Pipeline(directory)) {
            pipeline.importUsers(USERS);
            assertThat(pipeline.stack()
                            .run("events", "credit_owner", "events", "on")
                            .exitCode())
                    .isZero();
            pipeline.beginDay(SPEED);
            pipeline.start(Service.API, Service.PLANNER, Service.planner(2), Service.worker(1));
            pipeline.awaitMiddle(MIDDLE);

            pipeline.stack().running(Service.PLANNER).orElseThrow().kill();
            spendAllAndUpgrade(pipeline);

            pipeline.awaitEndOfWork();
            await().atMost(LIMIT).until(() -> pipeline.count("SELECT count(*) FROM credit_event") == 0);
            Map<String, Set<String>> read = read(pipeline.stack().kafka().bootstrapServers());
            assertThat(read.values().stream().flatMap(Set::stream).filter(id -> id.endsWith("-refreshed")))
                    .containsExactlyInAnyOrder(
                            pipeline.query("SELECT string_agg(account_id || '-' || seq || '-refreshed', ',')"
                                            + " FROM ledger_entry WHERE type = 'REFRESH'")
                                    .split(","));
            String eve = pipeline.query("SELECT a.id FROM credit_account a JOIN subscriber s ON s.id = a.subscriber_id"
                    + " WHERE s.user_id = 'eve'");
            assertThat(read.get(eve)).containsExactly(eve + "-2-low", eve + "-2-exhausted", eve + "-3-plan_changed");
        }
    }

    private static void spendAllAndUpgrade(Pipeline pipeline) throws Exception {
        String api = pipeline.stack().ports().url(Service.API) + "/api/";
        Caller service = Caller.with(pipeline.stack().tokens().of(Bearer.SERVICE));
        assertThat(List.of(
                        service.call("POST", api + "provision", "{\"userId\":\"eve\",\"plan\":\"free\"}"),
                        service.call("POST", api + "credits/consume", "{\"userId\":\"eve\",\"amount\":1000}"),
                        service.call("POST", api + "provision", "{\"userId\":\"eve\",\"plan\":\"pro\"}")))
                .extracting(Caller.Answer::status)
                .containsOnly(200);
    }

    /** The ids of each account's events as they first came, by key; those of an account stand in its entries' order. */
    private static Map<String, Set<String>> read(String bootstrapServers) throws Exception {
        Map<String, Set<String>> ids = new LinkedHashMap<>();
        Map<String, List<Long>> seqs = new LinkedHashMap<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, LocalStack.PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(Topics.CREDIT_EVENTS, partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (var message : consumer.poll(Duration.ofSeconds(1))) {
                    JsonNode event = JSON.readTree(message.value());
                    String account = event.path("partitionkey").asText();
                    assertThat(message.key()).isEqualTo(account);
                    String id = event.path("id").asText();
                    if (ids.computeIfAbsent(account, first -> new LinkedHashSet<>())
                            .add(id)) {
                        seqs.computeIfAbsent(account, first -> new ArrayList<>())
                                .add(event.path("data").path("seq").asLong());
                    }
                }
            }
        }
        assertThat(seqs.values())
                .allSatisfy(inOrder -> assertThat(inOrder).isSortedAccordingTo(Comparator.naturalOrder()));
        return ids;
    }
}
