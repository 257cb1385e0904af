package io.creditrefresh.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * A directory that lives no longer than its JVM. Its name starts with that JVM's process id, so that the next JVM finds
 * and removes what a killed one left behind; a process id that is in use again only delays that.
 */
final class ThrowAwayDirectory {

    private ThrowAwayDirectory() {}

    /**
     * Creates an empty directory, and removes those of dead JVMs.
     *
     * @param abandoned is given each directory of a dead JVM just before it is removed, to stop what still runs in it
     */
    static Path create(String kind, Consumer<Path> abandoned) {
        try {
            var parent = Files.createDirectories(Path.of(
                    System.getProperty("java.io.tmpdir"), "credit-refresh-" + System.getProperty("user.name"), kind));
            for (var directory : children(parent)) {
                if (!ownerIsAlive(directory)) {
                    abandoned.accept(directory);
                    delete(directory);
                }
            }
            return Files.createTempDirectory(parent, ProcessHandle.current().pid() + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path directory) {
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException e) {
            // Somebody else removed it at the same time.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> children(Path parent) throws IOException {
        try (var paths = Files.list(parent)) {
            return paths.toList();
        }
    }

    private static boolean ownerIsAlive(Path directory) {
        var pid = directory.getFileName().toString().replaceFirst("-.*", "");
        return ProcessHandle.of(Long.parseLong(pid)).isPresent();
    }
}
