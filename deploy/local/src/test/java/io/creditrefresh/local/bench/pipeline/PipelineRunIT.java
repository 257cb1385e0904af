package io.creditrefresh.local.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.local.Screen;
import io.creditrefresh.local.bench.BenchSize;
import io.creditrefresh.local.bench.BenchStack;
import io.creditrefresh.local.bench.round.Round;
import io.creditrefresh.local.day.JobsTopic;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** One round that is too small to tell anything: it has all figures, and nothing is found wrong. */
@EnabledOnOs(OS.LINUX)
class PipelineRunIT {

    private static final int DUE = 2_000;
    private static final int WARM_UP = 500;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Screen screen = new Screen(new PrintStream(shown, true, StandardCharsets.UTF_8), false);

    @Test
    void measuresThePipelineBesideThePlainStatement() throws Exception {
        try (BenchStack bench = BenchStack.startIn(directory)) {
            var run = new PipelineRun(bench, BenchSize.of(DUE, 1), screen);
            var scene = run.scene("bench_tiny", DUE, WARM_UP);
            var plain = run.plain(scene);
            var pipeline = run.memory(scene);

            run.takeInTurn(List.of(plain, pipeline));

            assertThat(run.problems()).isEmpty();
            var comparison = new Comparison(plain.rounds(), List.of(pipeline.rounds()));
            assertThat(comparison.rateToPlain()).isPositive();
            assertThat(comparison.cpuToPlain()).isPositive();
            assertThat(new MemoryNeed(pipeline.rounds(), pipeline.rounds()).lines())
                    .hasSize(2);
            assertRowsPerRefresh(plain.rounds().taken().get(0));
            assertRowsPerRefresh(pipeline.rounds().taken().get(0));
            assertThat(pipeline.rounds().taken().get(0).cpu())
                    .containsOnlyKeys("Postgres", "worker", "planner", "broker");
            try (JobsTopic jobs = new JobsTopic(bench.stack().kafka().bootstrapServers())) {
                assertThat(jobs.acknowledged()).isEqualTo(WARM_UP + DUE).isEqualTo(jobs.emitted());
            }
        }
        assertThat(shown.toString(StandardCharsets.UTF_8))
                .contains("round 1  plain statement")
                .contains("round 1  memory, 1 worker");
    }

    private static void assertRowsPerRefresh(Round round) {
        assertThat(round.refreshes()).isEqualTo(DUE);
        assertThat(round.rows()).isBetween(2.0, 2.1);
    }
}
