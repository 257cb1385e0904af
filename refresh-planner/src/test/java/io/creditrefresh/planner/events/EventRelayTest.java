package io.creditrefresh.planner.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.creditrefresh.ledger.account.Account;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.movement.Movement;
import io.creditrefresh.ledger.store.EventSwitch;
import io.creditrefresh.ledger.store.MovementStore;
import io.creditrefresh.ledger.store.RefreshStore;
import io.creditrefresh.planner.tick.PlannerLoop;
import io.creditrefresh.planner.tick.PlannerServers;
import io.creditrefresh.planner.tick.SettableClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlannerServers.class)
class EventRelayTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @Inject
    EventRelay relay;

    @Inject
    EventLoop loop;

    @Inject
    EventMetrics metrics;

    @Inject
    PlannerLoop ticks;

    @Inject
    SettableClock clock;

    @Inject
    MeterRegistry registry;

    private EventTopic topic;

    @BeforeEach
    void switchOn() throws SQLException {
        PlannerServers.forgetEverything();
        PlannerServers.database.execute("TRUNCATE credit_event");
        clock.set(NOON);
        topic = EventTopic.open(PlannerServers.kafka.bootstrapServers());
        try (Connection owner = PlannerServers.database.as("credit_owner").getConnection()) {
            owner.setAutoCommit(false);
            EventSwitch.on(owner, 20);
            owner.commit();
        }
    }

    @AfterEach
    void switchOff() throws SQLException {
        PlannerServers.kafka.start();
        PlannerServers.database.execute("GRANT DELETE ON credit_event TO credit_planner");
        topic.close();
        try (Connection owner = PlannerServers.database.as("credit_owner").getConnection()) {
            owner.setAutoCommit(false);
            EventSwitch.off(owner);
            owner.commit();
        }
    }

    @Test
    void sendsACloudEventUnderTheKeyOfItsAccount() throws Exception {
        long id = PlannerServers.insert(NOON);
        spend(id, 900);

        assertThat(relay.runOnce()).isEqualTo(1);

        ConsumerRecord<String, String> message = topic.newMessages().get(0);
        assertThat(message.key()).isEqualTo(Long.toString(id));
        assertThat(new String(message.headers().lastHeader("content-type").value(), StandardCharsets.UTF_8))
                .isEqualTo("application/cloudevents+json; charset=UTF-8");
        assertThat(message.value())
                .startsWith("{\"specversion\":\"1.0\",\"id\":\"" + id + "-2-low\",\"source\":\"/credit-refresh\"")
                .contains("\"time\":\"2026-11-20T12:00:00Z\"", "\"balance\":100,\"limit\":1000");
        assertThat(waiting()).isZero();
        assertThat(relay.runOnce()).isZero();
    }

    @Test
    void sendsTheEventsOfAnAccountInTheOrderOfItsEntries() throws Exception {
        long id = PlannerServers.insert(NOON);
        long other = PlannerServers.insert(NOON);
        for (int i = 0; i < 20; i++) {
            spend(id, 1_000);
            give(id, 1_000);
            spend(other, 1_000);
            give(other, 1_000);
        }

        assertThat(relay.runOnce()).isEqualTo(80);

        Map<String, List<String>> read = topic.newMessages().stream()
                .collect(Collectors.groupingBy(
                        ConsumerRecord::key, Collectors.mapping(EventRelayTest::event, Collectors.toList())));
        List<String> inOrder = IntStream.range(0, 20)
                .mapToObj(i -> 2 + 2 * i)
                .flatMap(seq -> Stream.of(seq + "-low", seq + "-exhausted"))
                .toList();
        assertThat(read).isEqualTo(Map.of(Long.toString(id), inOrder, Long.toString(other), inOrder));
    }

    @Test
    void sendsAgainWhatItCouldNotForget() throws Exception {
        long id = PlannerServers.insert(NOON);
        spend(id, 900);
        PlannerServers.database.execute("REVOKE DELETE ON credit_event FROM credit_planner");

        assertThatThrownBy(relay::runOnce).isInstanceOf(SQLException.class);
        PlannerServers.database.execute("GRANT DELETE ON credit_event TO credit_planner");
        spend(id, 100);
        relay.runOnce();

        assertThat(events()).containsExactly("2-low", "2-low", "3-exhausted");
        assertThat(waiting()).isZero();
    }

    @Test
    void keepsEventsWhileKafkaIsAway() throws Exception {
        double failuresBefore = registry.counter("credit.events.failures").count();
        long id = PlannerServers.insert(NOON);
        spend(id, 900);
        relay.runOnce();
        PlannerServers.kafka.stop();
        spend(id, 100);

        assertThat(loop.runOnce()).isFalse();
        assertThat(waiting()).isEqualTo(1);
        assertThat(registry.counter("credit.events.failures").count() - failuresBefore)
                .isEqualTo(1);

        PlannerServers.kafka.start();
        await().until(() -> {
            loop.runOnce();
            return waiting() == 0;
        });
        assertThat(events()).contains("2-low", "3-exhausted");
        // The jobs' client was cut off, too; the other tests find it as it was.
        await().until(() -> ticks.runOnce().emitted() == 1);
    }

    @Test
    void leavesTheSendingToThePlannerThatIsAtIt() throws Exception {
        spend(PlannerServers.insert(NOON), 900);
        try (Connection other = PlannerServers.database.as("credit_planner").getConnection();
                var lock = other.createStatement()) {
            lock.execute("SELECT pg_advisory_lock(7720003)");

            assertThat(relay.runOnce()).isZero();
            assertThat(events()).isEmpty();
        }
        while (relay.runOnce() == 0) {
            // The lock is free as soon as the server has noticed that its session is over.
            Thread.onSpinWait();
        }
        assertThat(events()).containsExactly("2-low");
    }

    @Test
    void showsWhatWaitsAndCountsWhatIsSent() throws Exception {
        double sentBefore = sent("exhausted");
        spend(PlannerServers.insert(NOON), 1_000);
        clock.set(NOON.plusSeconds(90));

        metrics.count();

        assertThat(gauge("waiting")).isEqualTo(2);
        assertThat(gauge("oldest.age")).isEqualTo(90);
        assertThat(gauge("enabled")).isEqualTo(1);
        relay.runOnce();
        metrics.count();
        assertThat(gauge("waiting")).isZero();
        assertThat(gauge("oldest.age")).isZero();
        assertThat(sent("exhausted") - sentBefore).isEqualTo(1);
    }

    private void spend(long accountId, long credits) throws SQLException {
        move(accountId, EntryType.CONSUME, -credits);
    }

    private void give(long accountId, long credits) throws SQLException {
        move(accountId, EntryType.ADJUST, credits);
    }

    /** What the API's use cases write for it, in a transaction. */
    private static void move(long accountId, EntryType type, long credits) throws SQLException {
        try (Connection api = PlannerServers.database.as("credit_api").getConnection()) {
            Account account = RefreshStore.accounts(api, new long[] {accountId}).get(accountId);
            long allowance =
                    Math.min(account.balance().allowance(), account.balance().total() + credits);
            Account after = account.next()
                    .holding(allowance, account.balance().total() + credits - allowance)
                    .account();
            String key = "key-" + account.version();
            Movement movement = new Movement(account, after, type, 0, 0, Map.of(), key);
            MovementStore.apply(api, List.of(movement), new Cause("service:shop", null), NOON);
        }
    }

    /** The ids of what was sent since the last call, without their accounts'. */
    private List<String> events() {
        return topic.newMessages().stream().map(EventRelayTest::event).toList();
    }

    private static String event(ConsumerRecord<String, String> message) {
        return message.value().replaceAll(".*\"id\":\"\\d+-([^\"]+)\".*", "$1");
    }

    private double sent(String type) {
        return registry.counter("credit.events.published", "type", type).count();
    }

    private double gauge(String name) {
        return registry.get("credit.events." + name).gauge().value();
    }

    private static long waiting() {
        return PlannerServers.database.count("SELECT count(*) FROM credit_event");
    }
}
