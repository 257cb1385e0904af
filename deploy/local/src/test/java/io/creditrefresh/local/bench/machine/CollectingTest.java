package io.creditrefresh.local.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.Reference;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollectingTest {

    private static final int MEGABYTE = 1 << 20;

    @Test
    void readsTheLastLineOfAHistogram() {
        String histogram = """
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:           210       23068672  [B (java.base@17.0.15)
                   2:          9000         216000  java.lang.String (java.base@17.0.15)
                Total         60349       23841072
                """;

        assertThat(Collecting.total(histogram)).isEqualTo(23_841_072);
        assertThatThrownBy(() -> Collecting.total("4711: No such process\n"))
                .hasMessage("no histogram of a heap: 4711: No such process");
    }

    @Test
    void countsWhatIsLiveAndNoGarbage() throws Exception {
        long pid = ProcessHandle.current().pid();
        long without = left(pid, 0);
        long with = left(pid, 20);

        assertThat(with - without).isBetween(19_000L, 24_000L);
    }

    @Test
    void knowsNothingOfOthers() throws Exception {
        try (Collecting none = new Collecting(List.of())) {
            none.begin();

            assertThat(none.mostLeft(ProcessHandle.current().pid())).isZero();
        }
    }

    /** With so many megabytes live, and as many that are garbage. */
    private static long left(long pid, int megabytes) throws Exception {
        byte[] live = new byte[megabytes * MEGABYTE];
        byte[] garbage = new byte[megabytes * MEGABYTE];
        assertThat(garbage).hasSize(live.length);
        garbage = new byte[0];
        Collecting collecting = new Collecting(List.of(pid));
        collecting.begin();
        collecting.close();
        Reference.reachabilityFence(live);
        return collecting.mostLeft(pid) + garbage.length;
    }
}
