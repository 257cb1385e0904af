package io.creditrefresh.local.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file, read without reading the rest. */
final class LogTail {

    private static final int BYTES_MAX = 16_384;

    private LogTail() {}

    /** The last lines, oldest first; none when the file does not exist. */
    static List<String> of(Path file, int lines) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            var start = Math.max(0, log.length() - BYTES_MAX);
            log.seek(start);
            var bytes = new byte[(int) Math.min(BYTES_MAX, log.length() - start)];
            log.readFully(bytes);
            var all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
