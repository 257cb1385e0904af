package io.creditrefresh.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.creditrefresh.ledger.message.Topics;
import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.stack.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Postgres is away in the middle of the day: weather, and nobody's failure. */
class CutOffPostgresIT {

    /** Five failures in a row, with the pauses between them, and as much again. */
    private static final Duration UNTIL_IT_IS_OPEN = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Pipeline pipeline;
    private TcpProxy toWorker;
    private TcpProxy toPlanner;

    @BeforeEach
    void prepare() throws IOException {
        pipeline = new Pipeline(directory);
        pipeline.importUsers(10_000);
        toWorker = new TcpProxy(pipeline.stack().ports().postgres());
        toPlanner = new TcpProxy(pipeline.stack().ports().postgres());
    }

    @AfterEach
    void end() throws IOException {
        pipeline.close();
        toWorker.close();
        toPlanner.close();
    }

    @Test
    void waitsItOutWithoutBurningAnAttempt() throws Exception {
        isAwayFor(Duration.ofSeconds(20));
    }

    @Test
    @Tag("chaos")
    void waitsOutOneAndAHalfMinutes() throws Exception {
        isAwayFor(Duration.ofSeconds(90));
    }

    /** At least for so long, and until the worker has noticed. */
    private void isAwayFor(Duration cut) throws Exception {
        pipeline.beginDay(2_400);
        ServiceProcess planner = pipeline.stack().start(Service.PLANNER, through(toPlanner));
        ServiceProcess worker = pipeline.stack().start(Service.worker(1), through(toWorker));
        pipeline.awaitMiddle(2_000);

        // The worker first: the planner's next tick gives it something to fail at.
        toWorker.cut();
        long cutAt = System.nanoTime();
        await().atMost(UNTIL_IT_IS_OPEN).until(() -> Pipeline.metric(worker, "credit_refresh_breaker_open") == 1);
        toPlanner.cut();
        assertThat(Pipeline.get(worker, "/q/health/ready").statusCode()).isEqualTo(503);
        await().pollInterval(Duration.ofSeconds(1))
                .atMost(cut.plusSeconds(10))
                .failFast(
                        "liveness went down",
                        () -> Pipeline.get(worker, "/q/health/live").statusCode() != 200)
                .until(() -> System.nanoTime() - cutAt > cut.toNanos());
        toWorker.mend();
        toPlanner.mend();

        pipeline.awaitEndOfWork();
        assertThat(Pipeline.metric(worker, "credit_refresh_breaker_open")).isZero();
        assertThat(pipeline.count("SELECT count(*) FROM refresh_failure")).isZero();
        assertThat(deadLetters()).isZero();
        pipeline.assertSoundAndReplayable();
    }

    private long deadLetters() throws Exception {
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                pipeline.stack().kafka().bootstrapServers()))) {
            TopicPartition only = new TopicPartition(Topics.DEAD_LETTER, 0);
            return admin.listOffsets(Map.of(only, OffsetSpec.latest()))
                    .partitionResult(only)
                    .get()
                    .offset();
        }
    }

    private static Map<String, String> through(TcpProxy line) {
        return Map.of("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://localhost:" + line.port() + "/credits");
    }

    private static boolean isAlive(ServiceProcess process) throws Exception {
        return process.isAlive() && Pipeline.get(process, "/q/health/live").statusCode() == 200;
    }
}
