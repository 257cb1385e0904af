package io.creditrefresh.local.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollectingTest {

    @Test
    void countsWhatIsLiveAndNoGarbage() throws Exception {
        long without = left(0);
        long with = left(20);

        assertThat(with - without).isBetween(19_000L, 24_000L);
    }

    @Test
    void knowsNothingOfOthers() throws Exception {
        try (Collecting none = new Collecting(List.of())) {
            none.begin();

            assertThat(none.mostLeft(ProcessHandle.current().pid())).isZero();
        }
    }

    /** By a JVM with so many megabytes live, and as many that are garbage. */
    private static long left(int megabytes) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        Integer.toString(megabytes))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(process.getInputStream().read()).isEqualTo(Holder.READY);
            Collecting collecting = new Collecting(List.of(process.pid()));
            collecting.begin();
            collecting.close();
            return collecting.mostLeft(process.pid());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Ends when its input does. */
    static final class Holder {

        private static final int READY = '.';
        private static final int MEGABYTE = 1 << 20;

        private Holder() {}

        public static void main(String[] args) throws IOException {
            int bytes = Integer.parseInt(args[0]) * MEGABYTE;
            byte[] live = new byte[bytes];
            byte[] garbage = new byte[bytes];
            garbage = new byte[garbage.length - bytes];
            System.out.write(READY);
            System.out.flush();
            System.in.read();
            Reference.reachabilityFence(live);
            Reference.reachabilityFence(garbage);
        }
    }
}
