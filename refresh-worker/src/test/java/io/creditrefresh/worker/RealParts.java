package io.creditrefresh.worker;

import io.creditrefresh.embedded.KafkaServer;
import io.creditrefresh.ledger.message.Topics;
import io.creditrefresh.ledger.store.LedgerDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A database of its own and the JVM's Kafka for a worker under test, whose clock stands at noon. */
public final class RealParts implements QuarkusTestResourceLifecycleManager {

    public static final int PARTITIONS = 4;

    @Override
    public Map<String, String> start() {
        KafkaServer kafka = KafkaServer.shared();
        kafka.createTopic(Topics.REFRESH_JOBS, PARTITIONS);
        kafka.createTopic(Topics.DEAD_LETTER, 1);
        return Map.of(
                "quarkus.datasource.jdbc.url",
                LedgerDatabase.create().url(),
                "kafka.bootstrap.servers",
                kafka.bootstrapServers(),
                "credits.clock.origin",
                "2026-11-20T12:00:00Z",
                "credit.worker.breaker-delay",
                "1s");
    }

    @Override
    public void stop() {}
}
