package io.creditrefresh.worker;

import io.creditrefresh.embedded.KafkaServer;
import io.creditrefresh.ledger.message.Topics;
import io.creditrefresh.ledger.store.LedgerDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of its own and the JVM's Kafka for a worker under test, whose clock stands at noon. */
public final class RealParts implements QuarkusTestResourceLifecycleManager {

    public static final int PARTITIONS = 4;

    public static LedgerDatabase database;

    @Override
    public Map<String, String> start() {
        KafkaServer kafka = KafkaServer.shared();
        kafka.createTopic(Topics.REFRESH_JOBS, PARTITIONS);
        kafka.createTopic(Topics.DEAD_LETTER, 1);
        database = LedgerDatabase.create();
        return Map.of(
                "quarkus.datasource.jdbc.url",
                database.url(),
                "kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "credits.clock.origin",
                "2026-11-20T12:00:00Z",
                "credit.worker.breaker-delay",
                "1s",
                // Tests have the heart beat themselves.
                "quarkus.scheduler.start-mode",
                "halted");
    }

    @Override
    public void stop() {}

    /** Without, nobody gets in, and who is in is thrown out. */
    public static void allowConnections(boolean allow) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser("postgres");
        String name = source.getDatabaseName();
        source.setDatabaseName("postgres");
        try (Connection connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS " + allow);
            if (!allow) {
                statement.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Forgets all accounts; their ids go on, because the ledger cannot be emptied. */
    public static void forgetAccounts() {
        database.execute("TRUNCATE credit_account, subscriber, refresh_failure CASCADE");
    }
}
