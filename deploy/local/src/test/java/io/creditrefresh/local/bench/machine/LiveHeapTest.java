package io.creditrefresh.local.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LiveHeapTest {

    @Test
    void readsTheLastLineOfAHistogram() {
        String histogram = """
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:           210       23068672  [B (java.base@17.0.15)
                   2:          9000         216000  java.lang.String (java.base@17.0.15)
                Total         60349       23841072
                """;

        assertThat(LiveHeap.total(histogram)).isEqualTo(23_841_072);
        assertThatThrownBy(() -> LiveHeap.total("Unknown command\n"))
                .hasMessage("no histogram of a heap: Unknown command");
    }

    @Test
    void saysWhoseHeapItCannotSee() {
        long gone = Long.MAX_VALUE;

        assertThatThrownBy(() -> LiveHeap.of(gone)).isInstanceOf(IOException.class);
    }
}
