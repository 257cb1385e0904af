package io.creditrefresh.local.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LiveHeapTest {

    private static final int LOOKS = 20;
    private static final long MEGABYTE = 1 << 20;

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
    @Timeout(60)
    void countsNoGarbageWhileNativeCodeKeepsTheJvmFromCollecting() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:MarkSweepDeadRatio=0",
                        "-Xmx256m",
                        "-Xmn128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Deflating.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(process.getInputStream().read()).isEqualTo(Deflating.READY);
            LiveHeap heap = LiveHeap.of(process.pid());
            for (int i = 0; i < LOOKS; i++) {
                assertThat(heap.bytes()).isLessThan(10 * MEGABYTE);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void saysWhoseHeapItCannotSee() {
        long gone = Long.MAX_VALUE;

        assertThatThrownBy(() -> LiveHeap.of(gone)).isInstanceOf(IOException.class);
    }

    /** Leaves garbage behind and has native code at work on arrays of its heap for about as long, in turn. */
    static final class Deflating {

        private static final int READY = '.';

        private Deflating() {}

        public static void main(String[] args) {
            byte[] random = new byte[(int) MEGABYTE];
            new Random(1).nextBytes(random);
            byte[] deflated = new byte[2 * random.length];
            do {
                System.out.write(READY);
                System.out.flush();
                byte[] garbage = random;
                for (int i = 0; i < 30; i++) {
                    garbage = garbage.clone();
                }
                Deflater deflater = new Deflater();
                deflater.setInput(garbage);
                deflater.finish();
                deflater.deflate(deflated);
                deflater.end();
            } while (!System.out.checkError());
        }
    }
}
