package io.creditrefresh.planner.tick;

import io.creditrefresh.embedded.KafkaServer;
import io.creditrefresh.ledger.message.Topics;
import io.creditrefresh.ledger.store.AccountFixture;
import io.creditrefresh.ledger.store.LedgerDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Real Postgres and a real Kafka for the service under test, and what tests put into them. */
public final class PlannerServers implements QuarkusTestResourceLifecycleManager {

    static final int PAGE_SIZE = 3;

    public static LedgerDatabase database;
    public static KafkaServer kafka;

    private static int users;

    @Override
    public Map<String, String> start() {
        database = LedgerDatabase.create();
        kafka = KafkaServer.throwAway();
        kafka.createTopic(Topics.REFRESH_JOBS, 12);
        kafka.createTopic(Topics.CREDIT_EVENTS, 12);
        Map<String, String> settings = new HashMap<>(Map.of(
                "quarkus.datasource.jdbc.url", database.url(),
                "quarkus.datasource.username", "credit_planner",
                "kafka.bootstrap.servers", kafka.bootstrapServers(),
                "credit.refresh.batch-size", Integer.toString(PAGE_SIZE)));
        for (String channel : List.of("refresh-jobs", "credit-events")) {
            settings.put("mp.messaging.outgoing." + channel + ".max.block.ms", "2000");
            settings.put("mp.messaging.outgoing." + channel + ".request.timeout.ms", "1000");
            settings.put("mp.messaging.outgoing." + channel + ".delivery.timeout.ms", "2000");
        }
        return settings;
    }

    @Override
    public void stop() {
        kafka.close();
    }

    /** Forgets all accounts and where the planner stands; account ids go on, because the ledger cannot be emptied. */
    public static void forgetEverything() {
        database.execute("TRUNCATE credit_account, subscriber, refresh_failure, refresh_run, planner_position CASCADE");
    }

    /** An account whose period ends at its {@code refresh_at}; returns its id. */
    public static long insert(Instant refreshAt) throws SQLException {
        return insert(refreshAt, 1).get(0);
    }

    public static List<Long> insert(Instant refreshAt, int accounts) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (Connection admin = database.superuser()) {
            for (int i = 0; i < accounts; i++) {
                ids.add(AccountFixture.user("user-" + ++users)
                        .periodEnd(refreshAt)
                        .refreshAt(refreshAt)
                        .insert(admin));
            }
        }
        return ids;
    }

    static void fail(long accountId, Instant dueAt, int attempts, Instant nextAttemptAt) {
        database.execute("INSERT INTO refresh_failure (account_id, due_at, next_attempt_at, first_failed_at,"
                + " last_failed_at, attempts, state, category, last_error) VALUES (" + accountId + ", '" + dueAt
                + "', '" + nextAttemptAt + "', '" + dueAt + "', '" + dueAt + "', " + attempts
                + ", 'retrying', 'data', 'planted')");
    }
}
