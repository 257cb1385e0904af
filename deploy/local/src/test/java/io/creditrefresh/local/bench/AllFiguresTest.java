package io.creditrefresh.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.local.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllFiguresTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final AllFigures all =
            new AllFigures(new Screen(new PrintStream(written, true, StandardCharsets.UTF_8), false));

    @Test
    void keepWhatWasMeasuredWhenAnotherOneFails() throws Exception {
        int status = all.take(List.<Measurement>of(
                figures -> {
                    figures.put(Figure.TICK_RATIO, 1.25);
                    return true;
                },
                figures -> {
                    throw new IllegalStateException("the API has ended");
                }));

        assertThat(status).isEqualTo(1);
        assertThat(written.toString(StandardCharsets.UTF_8).lines())
                .contains("  WRONG the API has ended")
                .last()
                .asString()
                .startsWith("{\"pipelineToPlain\":null")
                .contains("\"tickRatio\":1.250");
    }
}
