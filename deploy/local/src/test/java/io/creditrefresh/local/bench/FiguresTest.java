package io.creditrefresh.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FiguresTest {

    private final Figures figures = new Figures();

    @Test
    void areOneLineWithNullForWhatWasNotMeasured() {
        figures.put(Figure.STATUS_P99_MS, 17);
        figures.put(Figure.PIPELINE_TO_PLAIN, 2 / 3.0);

        assertThat(figures.json())
                .isEqualTo("{\"pipelineToPlain\":0.667,\"cpuToPlain\":null,\"toDbScheduler\":null,"
                        + "\"memoryRatio\":null,\"tickRatio\":null,\"consumeP99Ms\":null,\"consumeToTpcb\":null,"
                        + "\"statusP99Ms\":17.000,\"plainMicros\":null,\"pipelineMicros\":null}");
    }

    @Test
    void missNothingThatIsJustReached() {
        figures.put(Figure.PIPELINE_TO_PLAIN, 1.0);
        figures.put(Figure.CPU_TO_PLAIN, 2.1);
        figures.put(Figure.CONSUME_P99_MS, 49.999);
        figures.put(Figure.PLAIN_MICROS, 1_000);

        assertThat(figures.missed()).isEmpty();
    }

    @Test
    void sayByHowMuchTheyMiss() {
        figures.put(Figure.PIPELINE_TO_PLAIN, 0.994);
        figures.put(Figure.CPU_TO_PLAIN, 2.5);
        figures.put(Figure.CONSUME_P99_MS, 50);

        assertThat(figures.missed())
                .containsExactly(
                        "pipelineToPlain is 0.99, not at least 1.0",
                        "cpuToPlain is 2.50, not at most 2.1",
                        "consumeP99Ms is 50.00, not below 50.0");
    }

    @Test
    void areNumbers() {
        assertThatThrownBy(() -> figures.put(Figure.TICK_RATIO, 0.0 / 0.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tickRatio is no number: NaN");
    }
}
