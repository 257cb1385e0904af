package io.creditrefresh.local.bench.http;

import io.creditrefresh.local.stack.Artefacts;
import io.creditrefresh.local.stack.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The two programs that measure, neither of them ours, and a folder for what they read, which is emptied afterwards.
 *
 * @param folder of files that the tools read
 */
record HttpTools(Tool wrk, Tool pgbench, Path folder) implements AutoCloseable {

    /** Looks for both, and makes the folder. */
    static HttpTools find() throws IOException {
        var data = DataDirectory.find(Artefacts.find()).path().resolve("bench-tools");
        var wrk = Tool.find("wrk", data, List.of("wrk", "libluajit-5.1-2"));
        var pgbench = Tool.find("pgbench", data, List.of("postgresql-15", "postgresql-client-15", "libpq5"));
        return new HttpTools(wrk, pgbench, Files.createDirectories(data.resolve("load")));
    }

    /** Removes the files: there are tokens among them. */
    @Override
    public void close() {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
