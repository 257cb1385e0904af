package io.creditrefresh.local;

import io.creditrefresh.local.stack.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;

/** Sends what the launcher and the embedded servers log to a file, so that the terminal shows only the run. */
public final class LauncherLog {

    private static final Logger ROOT = Logger.getLogger("");

    // Held here because a level is forgotten with its logger.
    private static final List<Logger> KAFKA = Stream.of("org.apache.kafka", "kafka", "state.change.logger")
            .map(Logger::getLogger)
            .toList();

    private LauncherLog() {}

    public static void into(Path directory) throws IOException {
        Files.createDirectories(directory);
        for (var handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        var file = new FileHandler(pattern(directory.resolve(DataDirectory.LAUNCHER_LOG)), false);
        file.setFormatter(new SimpleFormatter());
        file.setLevel(Level.INFO);
        ROOT.addHandler(file);
        ROOT.setLevel(Level.INFO);
        KAFKA.forEach(logger -> logger.setLevel(Level.WARNING));
    }

    /** A per cent sign means something to the handler. */
    private static String pattern(Path file) {
        return file.toString().replace("%", "%%");
    }
}
