package io.creditrefresh.local.bench.machine;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Asks another JVM of the same user for what is live in its heap. As {@code jcmd PID GC.class_histogram}, but without
 * the JVM that jcmd is, which takes longer to start than many a measurement lasts; nor with JMX, for which the asked JVM
 * needs 2 MB itself.
 */
record LiveHeap(long pid, UnixDomainSocketAddress address, PerfCounter collections) {

    /** Version of the protocol, command and its three arguments, each with a zero byte after it. */
    private static final String QUESTION = "1\0jcmd\0GC.class_histogram\0\0\0";

    /** How often the whole heap was collected. */
    private static final String COLLECTIONS = "sun.gc.collector.1.invocations";

    private static final int ASKED_MOST = 1_000;

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)$");

    /** @throws IOException the process is gone, or not a JVM, or somebody else's */
    static LiveHeap of(long pid) throws IOException {
        try {
            // From the first time on the JVM listens there: attachListener_posix.cpp of HotSpot.
            VirtualMachine.attach(Long.toString(pid)).detach();
        } catch (AttachNotSupportedException e) {
            throw new IOException("process %d lets nobody look into its heap".formatted(pid), e);
        }
        return new LiveHeap(
                pid, UnixDomainSocketAddress.of(Path.of("/tmp", ".java_pid" + pid)), PerfCounter.of(pid, COLLECTIONS));
    }

    /**
     * After a collection of the whole heap; nothing is allocated between that and the counting. A JVM leaves the collection
     * out, and counts garbage as well, while native code has an array of the heap in its hands: then it is asked again.
     */
    long bytes() throws IOException {
        for (int i = 0; i < ASKED_MOST; i++) {
            long before = collections.read();
            long bytes = total(answer());
            if (collections.read() > before) {
                return bytes;
            }
        }
        throw new IOException("process %d does not collect its garbage".formatted(pid));
    }

    private String answer() throws IOException {
        try (var jvm = SocketChannel.open(address)) {
            jvm.write(ByteBuffer.wrap(QUESTION.getBytes(StandardCharsets.UTF_8)));
            return new String(Channels.newInputStream(jvm).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** In bytes, by the last line of a histogram. */
    static long total(String histogram) {
        return TOTAL.matcher(histogram)
                .results()
                .mapToLong(total -> Long.parseLong(total.group(1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no histogram of a heap: " + histogram.strip()));
    }
}
