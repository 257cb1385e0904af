package io.creditrefresh.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.creditrefresh.edge.token.TestTokens;
import io.creditrefresh.ledger.message.RefreshJob;
import io.creditrefresh.ledger.message.RefreshJobCodec;
import io.creditrefresh.ledger.message.Topics;
import io.creditrefresh.ledger.settings.RefreshSettings;
import io.creditrefresh.ledger.store.AccountFixture;
import io.creditrefresh.worker.RealParts;
import io.creditrefresh.worker.trouble.WeatherException;
import io.creditrefresh.worker.trouble.WeatherShelter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.ChannelRegistry;
import io.smallrye.reactive.messaging.PausableChannel;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

@QuarkusTest
@QuarkusTestResource(RealParts.class)
@QuarkusTestResource(TestTokens.class)
class JobConsumerTest {

    private static final Instant ENDED = Instant.parse("2026-11-19T10:00:00Z");
    private static final AtomicInteger USERS = new AtomicInteger();

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @TestHTTPResource(value = "/health/", management = true)
    URI health;

    @Inject
    ChannelRegistry channels;

    @Inject
    WeatherShelter shelter;

    @Inject
    JobConsumer consumer;

    @Inject
    RefreshSettings settings;

    @Test
    void refreshesWhatItIsSentAndAcknowledgesAfterTheCommit() throws Exception {
        long id = account();

        send(RefreshJobCodec.encode(new RefreshJob(id, ENDED, 0)));

        await().until(() -> refreshes(id) == 1);
        await().until(() -> lag() == 0);
    }

    @Test
    void doesWhatAPollBringsInBatchesAndAcknowledgesItThen() throws Exception {
        Instant longAgo = Instant.parse("2025-01-01T10:00:00Z");
        List<RefreshJob> jobs = LongStream.rangeClosed(1, 2L * settings.batchSize() + 1)
                .mapToObj(n -> new RefreshJob(Long.MAX_VALUE - n, longAgo, 0))
                .toList();
        List<String> doneAtAcknowledgement = new ArrayList<>();

        consumer.consume(message(jobs).withAck(() -> {
            doneAtAcknowledgement.add(text("SELECT string_agg(skipped::text, ' ' ORDER BY skipped) FROM refresh_batch"
                    + " WHERE run_date = '2025-01-01'"));
            return CompletableFuture.completedFuture(null);
        }));

        assertThat(doneAtAcknowledgement)
                .containsExactly(
                        "%1$d %1$d %1$d %2$d".formatted(settings.batchSize() / 2, settings.batchSize() / 2 + 1));
    }

    @Test
    void doesNotKeepTheNextPollWaitingForAnAcknowledgement() {
        AtomicInteger acknowledgements = new AtomicInteger();

        CompletionStage<Void> consumed = consumer.consume(
                message(List.of(new RefreshJob(Long.MAX_VALUE, ENDED, 0))).withAck(() -> {
                    acknowledgements.incrementAndGet();
                    return new CompletableFuture<>();
                }));

        assertThat(consumed).isCompleted();
        assertThat(acknowledgements).hasValue(1);
    }

    @Test
    void doesTwoBatchesOfAPollAtOnce() throws Exception {
        long locked = account();
        long free = account();
        List<RefreshJob> jobs = new ArrayList<>();
        jobs.add(new RefreshJob(locked, ENDED, 0));
        for (int n = 1; n < settings.batchSize(); n++) {
            jobs.add(new RefreshJob(Long.MAX_VALUE - n, ENDED, 0));
        }
        jobs.add(new RefreshJob(free, ENDED, 0));

        try (Connection other = database()) {
            other.setAutoCommit(false);
            other.createStatement().execute("SELECT FROM credit_account WHERE id = " + locked + " FOR UPDATE");
            CompletableFuture<Void> consumed = CompletableFuture.runAsync(() -> consumer.consume(message(jobs)));
            await().until(() -> refreshes(free) == 1);
            assertThat(refreshes(locked)).isZero();
            other.rollback();
            consumed.join();
        }

        assertThat(refreshes(locked)).isEqualTo(1);
    }

    @Test
    void voidsWhatComesDuringAPauseAndGoesOnAfterIt() throws Exception {
        long paused = account();
        execute("INSERT INTO control (subject, actor, since) VALUES ('refreshing', 'admin:alice', now())");
        send(RefreshJobCodec.encode(new RefreshJob(paused, ENDED, 0)));
        await().until(() -> lag() == 0);
        assertThat(refreshes(paused)).isZero();
        execute("DELETE FROM control");

        send(RefreshJobCodec.encode(new RefreshJob(paused, ENDED, 0)));

        await().until(() -> refreshes(paused) == 1);
    }

    @Test
    void sendsWhatItCannotReadToTheDeadLettersAndGoesOn() throws Exception {
        long id = account();
        byte[] foreign = "{\"order\":17}".getBytes(StandardCharsets.UTF_8);

        send(foreign);
        send("not json at all".getBytes(StandardCharsets.UTF_8));
        send(null);
        send("{\"version\":9,\"accountId\":1,\"dueAtEpochSecond\":0}".getBytes(StandardCharsets.UTF_8));
        send(RefreshJobCodec.encode(new RefreshJob(id, ENDED, 0)));

        await().until(() -> refreshes(id) == 1);
        List<String> reasons = List.of("version is missing", "not JSON", "no value", "version 9 is not known, only 1");
        List<ConsumerRecord<byte[], byte[]>> letters = deadLettersOnce(read ->
                read.stream().map(letter -> header(letter, "reason")).toList().containsAll(reasons));
        ConsumerRecord<byte[], byte[]> letter = letters.stream()
                .filter(each -> header(each, "reason").equals("version is missing"))
                .findFirst()
                .orElseThrow();
        assertThat(letter.value()).isEqualTo(foreign);
        assertThat(header(letter, "source-topic")).isEqualTo(Topics.REFRESH_JOBS);
        assertThat(header(letter, "source-partition")).isBetween("0", "3");
        assertThat(header(letter, "source-offset")).matches("\\d+");
        await().until(() -> lag() == 0);
    }

    @Test
    void sendsAMessageTooLargeToBeSentAgainWithoutItsBytes() throws Exception {
        long id = account();

        send("x".repeat(1_048_450).getBytes(StandardCharsets.US_ASCII));
        send(RefreshJobCodec.encode(new RefreshJob(id, ENDED, 0)));

        await().until(() -> refreshes(id) == 1);
        await().until(() -> lag() == 0);
        assertThat(deadLettersOnce(read -> read.stream().anyMatch(JobConsumerTest::hasLostItsBytes)))
                .filteredOn(JobConsumerTest::hasLostItsBytes)
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.value()).isNull();
                    assertThat(header(letter, "omitted-bytes")).isEqualTo("1048450");
                    assertThat(header(letter, "source-topic")).isEqualTo(Topics.REFRESH_JOBS);
                });
    }

    @Test
    void goesOnAfterABugInItsOwnCode() {
        AtomicInteger calls = new AtomicInteger();

        boolean done = shelter.runUntilDone(() -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("planted");
            }
            return true;
        });

        assertThat(done).isTrue();
        assertThat(shelter.isOpen()).isFalse();
    }

    @Test
    void staysPausedThroughARebalance() throws Exception {
        PausableChannel channel = channels.getPausable(WeatherShelter.CHANNEL);
        long before = account();
        send(RefreshJobCodec.encode(new RefreshJob(before, ENDED, 0)));
        await().until(() -> lag() == 0);

        channel.pause();
        long paused = account();
        rebalance();
        send(RefreshJobCodec.encode(new RefreshJob(paused, ENDED, 0)));
        await().pollDelay(Duration.ofSeconds(3)).until(() -> lag() > 0);
        assertThat(refreshes(paused)).isZero();

        channel.resume();
        await().until(() -> refreshes(paused) == 1);
    }

    @Test
    void opensTheBreakerAfterFiveFailuresInARowAndClosesItWithTheFirstSuccess() {
        AtomicInteger calls = new AtomicInteger();
        List<Boolean> openAtCall = new ArrayList<>();

        boolean done = shelter.runUntilDone(() -> {
            openAtCall.add(shelter.isOpen());
            if (calls.incrementAndGet() <= 5) {
                throw new WeatherException("planted", new IllegalStateException("no database"));
            }
            assertThat(channels.getPausable(WeatherShelter.CHANNEL).isPaused()).isTrue();
            return true;
        });

        assertThat(done).isTrue();
        assertThat(openAtCall).containsExactly(false, false, false, false, false, true);
        assertThat(shelter.isOpen()).isFalse();
        assertThat(channels.getPausable(WeatherShelter.CHANNEL).isPaused()).isFalse();
    }

    @Test
    void isAliveAndReadyAndKnowsWhenItLastPolled() throws Exception {
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        URI live = health.resolve("live");
        URI ready = health.resolve("ready");

        String answer = http.send(HttpRequest.newBuilder(live).build(), BodyHandlers.ofString())
                .body();

        assertThat(answer).containsPattern("\"secondsSinceLastPoll\": [0-9],?\\s");
        assertThat(http.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    private long account() throws SQLException {
        try (Connection connection = database()) {
            return AccountFixture.user("user-" + USERS.incrementAndGet()).insert(connection);
        }
    }

    private String text(String sql) {
        try (Connection connection = database();
                var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Message<ConsumerRecords<byte[], byte[]>> message(List<RefreshJob> jobs) {
        TopicPartition partition = new TopicPartition(Topics.REFRESH_JOBS, 0);
        List<ConsumerRecord<byte[], byte[]>> polled = jobs.stream()
                .map(RefreshJobCodec::encode)
                .map(job -> new ConsumerRecord<byte[], byte[]>(Topics.REFRESH_JOBS, 0, 0, null, job))
                .toList();
        return Message.of(new ConsumerRecords<>(Map.of(partition, polled), Map.of()));
    }

    private int refreshes(long accountId) throws SQLException {
        try (Connection connection = database();
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT count(*) FROM ledger_entry WHERE type = 'REFRESH' AND account_id = "
                                + accountId)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection database() throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser("postgres");
        return source.getConnection();
    }

    private void send(byte[] value) throws ExecutionException, InterruptedException {
        Map<String, Object> config = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class);
        try (var producer = new KafkaProducer<byte[], byte[]>(config)) {
            producer.send(new ProducerRecord<>(Topics.REFRESH_JOBS, value)).get();
        }
    }

    private static boolean hasLostItsBytes(ConsumerRecord<byte[], byte[]> letter) {
        return letter.headers().lastHeader("omitted-bytes") != null;
    }

    /** All dead letters there are as soon as {@code condition} holds for them. */
    private List<ConsumerRecord<byte[], byte[]>> deadLettersOnce(
            Predicate<List<ConsumerRecord<byte[], byte[]>>> condition) {
        try (var consumer = consumer("dead-letter-reader")) {
            TopicPartition only = new TopicPartition(Topics.DEAD_LETTER, 0);
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
            await().until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(letters::add);
                return condition.test(letters);
            });
            return letters;
        }
    }

    /** A second member joins the group and leaves it again: two rebalances. */
    private void rebalance() {
        try (var consumer = consumer(Topics.WORKER_GROUP)) {
            consumer.subscribe(List.of(Topics.REFRESH_JOBS));
            await().until(() -> {
                consumer.poll(Duration.ofMillis(200));
                return !consumer.assignment().isEmpty();
            });
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer(String group) {
        return new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                "false",
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class));
    }

    private long lag() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(Topics.WORKER_GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get();
            long lag = 0;
            for (int partition = 0; partition < RealParts.PARTITIONS; partition++) {
                TopicPartition key = new TopicPartition(Topics.REFRESH_JOBS, partition);
                long end = admin.listOffsets(Map.of(key, OffsetSpec.latest()))
                        .partitionResult(key)
                        .get()
                        .offset();
                OffsetAndMetadata offset = committed.get(key);
                lag += end - (offset == null ? 0 : offset.offset());
            }
            return lag;
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
