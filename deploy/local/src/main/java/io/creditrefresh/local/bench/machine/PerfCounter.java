package io.creditrefresh.local.bench.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One of the numbers that a JVM shares through a file, as {@code jcmd PID PerfCounter.print} shows them. An entry begins
 * with 20 bytes, of which the last four are the distance to its value; its name follows them: perfMemory.hpp of HotSpot.
 */
record PerfCounter(Path file, String name) {

    private static final int HEAD = 20;
    private static final int VALUE_OFFSET = 16;

    /** @throws IOException there is no such process, or it is not a JVM */
    static PerfCounter of(long pid, String name) throws IOException {
        var user = ProcessHandle.of(pid)
                .flatMap(process -> process.info().user())
                .orElseThrow(() -> new IOException("there is no process %d".formatted(pid)));
        return new PerfCounter(Path.of("/tmp", "hsperfdata_" + user, Long.toString(pid)), name);
    }

    long read() throws IOException {
        var bytes = Files.readAllBytes(file);
        // Each byte is a character here.
        var at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(name + '\0');
        if (at < HEAD) {
            throw new IOException("%s has no %s".formatted(file, name));
        }
        var counters = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        var entry = at - HEAD;
        return counters.getLong(entry + counters.getInt(entry + VALUE_OFFSET));
    }
}
