package io.creditrefresh.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.local.stack.Service;
import io.creditrefresh.local.stack.ServiceProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is killed or repeated in the middle of the day: everybody is refreshed once. */
class DisturbedDayIT {

    private static final int USERS = 10_000;
    private static final int MIDDLE = 2_000;

    /** A simulated day in 48 seconds. */
    private static final double SPEED = 1_800;

    @TempDir
    Path directory;

    private Pipeline pipeline;

    @BeforeEach
    void beginTheDay() throws InterruptedException {
        pipeline = new Pipeline(directory);
        pipeline.importUsers(USERS);
        pipeline.beginDay(SPEED);
    }

    @AfterEach
    void end() {
        pipeline.close();
    }

    /** The short form of those below: one after the other on one day, each finds work half done. */
    @Test
    void survivesAllOfItOnOneDay() throws Exception {
        pipeline.start(Service.PLANNER, Service.planner(2), Service.worker(1), Service.worker(2));
        pipeline.awaitMiddle(MIDDLE);

        pipeline.stack().running(Service.worker(1)).orElseThrow().kill();
        pipeline.stack().start(Service.worker(3));
        disturbTheServers();

        pipeline.awaitEndOfWork();
        pipeline.assertAllAlive();
        pipeline.assertSoundAndReplayable();
        assertThat(pipeline.count("SELECT count(*) FROM refresh_failure")).isZero();
    }

    @Test
    @Tag("chaos")
    void survivesAWorkerThatIsKilledAndReplaced() throws Exception {
        pipeline.start(Service.PLANNER, Service.worker(1), Service.worker(2));
        pipeline.awaitMiddle(MIDDLE);

        pipeline.stack().running(Service.worker(1)).orElseThrow().kill();
        pipeline.start(Service.worker(3));

        pipeline.awaitEndOfWork();
        pipeline.assertSoundAndReplayable();
    }

    @Test
    @Tag("chaos")
    void survivesARestartOfKafkaAndACrashOfPostgres() throws Exception {
        pipeline.start(Service.PLANNER, Service.worker(1));
        pipeline.awaitMiddle(MIDDLE);

        disturbTheServers();

        pipeline.awaitEndOfWork();
        pipeline.assertAllAlive();
        pipeline.assertSoundAndReplayable();
        assertThat(pipeline.count("SELECT count(*) FROM refresh_failure")).isZero();
    }

    @Test
    @Tag("chaos")
    void survivesTwoPlannersAtOnce() throws Exception {
        pipeline.start(Service.PLANNER, Service.planner(2), Service.worker(1));

        pipeline.awaitEndOfWork();
        for (Service planner : List.of(Service.PLANNER, Service.planner(2))) {
            ServiceProcess process = pipeline.stack().running(planner).orElseThrow();
            assertThat(Pipeline.metric(process, "credit_refresh_emitted_total"))
                    .as(planner.name())
                    .isPositive();
        }
        pipeline.assertSoundAndReplayable();
    }

    private void disturbTheServers() throws Exception {
        pipeline.stack().kafka().stop();
        pipeline.stack().kafka().start();
        assertThat(pipeline.open()).isPositive();
        pipeline.stack().postgres().crash();
        pipeline.stack().postgres().start();
    }
}
