package io.creditrefresh.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Makes sure that only one run uses a data directory. The operating system frees it with the JVM, however that ends. */
public final class RunLock implements AutoCloseable {

    private final FileLock lock;

    private RunLock(FileLock lock) {
        this.lock = lock;
    }

    /** Takes the directory, creating it when missing; empty while another run has it. */
    public static Optional<RunLock> take(Path directory) {
        try {
            Files.createDirectories(directory);
            var channel = FileChannel.open(
                    directory.resolve("run.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                var lock = channel.tryLock();
                if (lock != null) {
                    return Optional.of(new RunLock(lock));
                }
            } catch (OverlappingFileLockException e) {
                // Another run of this very JVM has it.
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
