package io.creditrefresh.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a run keeps on disk.
 *
 * @param path absolute
 */
public record DataDirectory(Path path) {

    /** Names another place than {@code deploy/local/data}. */
    public static final String ENVIRONMENT = "CREDIT_REFRESH_LOCAL_DATA";

    /** Name of the log file of the launcher, which is open while others are removed. */
    public static final String LAUNCHER_LOG = "launcher.log";

    // Never more than this is removed: the path may be one that somebody also uses for other things.
    private static final List<String> DATA = List.of("postgres", "kafka", "day.json", "users.csv");

    /** The place that the environment names, else the one inside the repository. */
    public static DataDirectory find(Artefacts artefacts) {
        var path = Optional.ofNullable(System.getenv(ENVIRONMENT))
                .filter(value -> !value.isBlank())
                .map(Path::of)
                .orElseGet(() -> artefacts.home().resolve("deploy/local/data"));
        return new DataDirectory(path.toAbsolutePath().normalize());
    }

    public Path sampleFile() {
        return path.resolve("users.csv");
    }

    public Path dayFile() {
        return path.resolve("day.json");
    }

    public Path logs() {
        return path.resolve("logs");
    }

    /** Removes the data of earlier runs. */
    public void removeData() {
        DATA.forEach(name -> delete(path.resolve(name)));
    }

    /** Removes what the services and commands of earlier runs have logged. */
    public void removeServiceLogs() {
        if (!Files.exists(logs())) {
            return;
        }
        try (var files = Files.list(logs())) {
            files.filter(file -> file.toString().endsWith(".log") && !file.endsWith(LAUNCHER_LOG))
                    .forEach(DataDirectory::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (var paths = Files.walk(tree)) {
            for (var entry : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
