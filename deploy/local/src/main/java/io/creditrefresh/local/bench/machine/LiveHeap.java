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
record LiveHeap(long pid, UnixDomainSocketAddress address) {

    /** Version of the protocol, command and its three arguments, each with a zero byte after it. */
    private static final String QUESTION = "1\0jcmd\0GC.class_histogram\0\0\0";

    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)$");

    /** @throws IOException the process is gone, or not a JVM, or somebody else's */
    static LiveHeap of(long pid) throws IOException {
        try {
            // From the first time on the JVM listens there: attachListener_posix.cpp of HotSpot.
            VirtualMachine.attach(Long.toString(pid)).detach();
        } catch (AttachNotSupportedException e) {
            throw new IOException("process %d lets nobody look into its heap".formatted(pid), e);
        }
        return new LiveHeap(pid, UnixDomainSocketAddress.of(Path.of("/tmp", ".java_pid" + pid)));
    }

    /** After a collection of the whole heap; nothing is allocated between that and the counting. */
    long bytes() throws IOException {
        try (var jvm = SocketChannel.open(address)) {
            jvm.write(ByteBuffer.wrap(QUESTION.getBytes(StandardCharsets.UTF_8)));
            return total(new String(Channels.newInputStream(jvm).readAllBytes(), StandardCharsets.UTF_8));
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
