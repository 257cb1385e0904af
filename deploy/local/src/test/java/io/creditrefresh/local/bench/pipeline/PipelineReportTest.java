package io.creditrefresh.local.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.local.bench.Figures;
import io.creditrefresh.local.bench.machine.Memory;
import io.creditrefresh.local.bench.round.Round;
import io.creditrefresh.local.bench.round.Rounds;
import io.creditrefresh.local.bench.round.Written;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelineReportTest {

    private static final Comparison SOME = new Comparison(
            rounds("plain statement", round(200, 4_000, 0, 0)),
            List.of(rounds("pipeline, 1 worker", round(200, 8_000, 4_000, 40))));

    private static final Comparison ALL = new Comparison(
            rounds("plain statement", round(1_000, 20_000, 0, 0)),
            List.of(
                    rounds("pipeline, 1 worker", round(1_000, 40_000, 20_000, 44)),
                    rounds("pipeline, 2 workers", round(1_000, 16_000, 24_000, 42))));

    private static final PipelineReport REPORT = new PipelineReport(
            rounds("pipeline, 1 worker", round(10, 500, 300, 30)),
            SOME,
            ALL,
            rounds("db-scheduler", round(20, 8_000, 1_000, 0)),
            new MemoryNeed(
                    rounds("memory", round(10, 500, 300, 10), round(10, 500, 300, 40), round(10, 500, 300, 20)),
                    rounds("memory", round(1_000, 40_000, 20_000, 50))),
            new TickTimes(1_000, 100_000, Duration.ofMillis(40), 1_000_000, Duration.ofMillis(50)));

    @Test
    void countsTheBestNumberOfWorkersWithAllAccountsDue() {
        var figures = new Figures();

        REPORT.addTo(figures);

        assertThat(figures.json())
                .isEqualTo("{\"pipelineToPlain\":1.250,\"cpuToPlain\":2.000,\"toDbScheduler\":25.000,"
                        + "\"memoryRatio\":1.250,\"tickRatio\":1.250,\"consumeP99Ms\":null,\"consumeToTpcb\":null,"
                        + "\"statusP99Ms\":null,\"plainMicros\":20.000,\"pipelineMicros\":40.000}");
    }

    @Test
    void showsEveryKindOfRound() {
        assertThat(REPORT.lines())
                .contains(
                        "medians                           due        /s  µs CPU  WAL B   rows   HOT   heap    RSS",
                        "pipeline, 2 workers         1,000,000    62,500    40.0    900  2.000  0.50  42 MB 300 MB",
                        "plain statement               200,000    50,000    20.0    900  2.000  0.50              ",
                        "µs of CPU, pipeline, 2 workers, 1,000,000 due: worker 24.0, Postgres 16.0",
                        "µs of CPU by thread, pipeline, 2 workers, 1,000,000 due: worker/executor-thread 12.0",
                        "10,000 due: the last ledger row 500 ms after the first emission",
                        "heap that the worker-1 needs: 40,000 kB with 10,000 due, 50,000 kB with 1,000,000 due",
                        "planner tick that finds 1,000 due: 40.0 ms among 100,000 accounts, 50.0 ms among 1,000,000")
                .hasSize(19);
    }

    @Test
    void doesNotCompareMemoryThatWasNotMeasured() {
        var need = new MemoryNeed(
                rounds("memory", round(10, 500, 300, 0)), rounds("memory", round(1_000, 40_000, 20_000, 50)));

        assertThatThrownBy(need::ratio).hasMessage("nothing is known of the heap of worker-1");
    }

    private static Rounds rounds(String what, Round... taken) {
        var rounds = new Rounds(what);
        List.of(taken).forEach(rounds::add);
        return rounds;
    }

    /** The elapsed time is the CPU time of Postgres. */
    private static Round round(int thousands, int postgresMs, int workerMs, int heap) {
        var refreshes = thousands * 1_000;
        var worker = Duration.ofMillis(workerMs);
        return new Round(
                refreshes,
                Duration.ofMillis(postgresMs),
                Map.of("Postgres", Duration.ofMillis(postgresMs), "worker", worker),
                Map.of("worker/executor-thread", worker.dividedBy(2), "worker/VM Thread", Duration.ofMillis(1)),
                new Written(900L * refreshes, 2L * refreshes, refreshes, refreshes / 2),
                workerMs == 0 ? Map.of() : Map.of("worker-1", new Memory.Use(heap, heap * 1_000L, 300)));
    }
}
