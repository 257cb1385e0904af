package io.creditrefresh.local.bench.http;

import io.creditrefresh.local.bench.machine.BoundProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program of somebody else.
 *
 * @param libraries folders of shared libraries that the system does not know
 */
record Tool(Path program, List<Path> libraries) {

    /**
     * The program of this name on the PATH, else that of Debian's packages.
     *
     * @param folder where they are unpacked, once for all; not written to when the program is on the PATH
     * @param packages that hold it and the libraries that few systems have
     * @throws NotMeasuredException when there is neither
     */
    static Tool find(String name, Path folder, List<String> packages) {
        return onPath(name, System.getenv().getOrDefault("PATH", ""))
                .orElseGet(() -> unpacked(name, folder.resolve(name), packages));
    }

    static Optional<Tool> onPath(String name, String path) {
        return Stream.of(path.split(":"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory).resolve(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(program -> new Tool(program, List.of()));
    }

    /** Runs it to its end and returns what it printed, line by line. */
    List<String> run(List<String> arguments) {
        var line = new ArrayList<>(List.of(program.toString()));
        line.addAll(arguments);
        var builder = new ProcessBuilder(line);
        if (!libraries.isEmpty()) {
            builder.environment()
                    .put(
                            "LD_LIBRARY_PATH",
                            String.join(
                                    ":", libraries.stream().map(Path::toString).toList()));
        }
        return output(builder).lines().toList();
    }

    private static Tool unpacked(String name, Path root, List<String> packages) {
        try {
            if (program(name, root).isEmpty()) {
                unpack(packages, root);
            }
            var program = program(name, root).orElseThrow(() -> new IOException("they do not hold it"));
            return new Tool(program, libraries(root));
        } catch (IOException | UncheckedIOException | NotMeasuredException e) {
            throw new NotMeasuredException(
                    "%s is needed. It is not on the PATH, and Debian's packages %s could not be unpacked: %s"
                            .formatted(name, String.join(", ", packages), e.getMessage()),
                    e);
        }
    }

    private static void unpack(List<String> packages, Path root) throws IOException {
        Files.createDirectories(root);
        var download = new ArrayList<>(List.of("apt-get", "download"));
        download.addAll(packages);
        output(new ProcessBuilder(download).directory(root.toFile()));
        for (var file : files(root, ".deb")) {
            output(new ProcessBuilder("dpkg-deb", "-x", file.toString(), root.toString()));
            Files.delete(file);
        }
    }

    private static Optional<Path> program(String name, Path root) throws IOException {
        return files(root, name).stream()
                .filter(file -> file.endsWith(name) && Files.isExecutable(file))
                .findFirst();
    }

    private static List<Path> libraries(Path root) throws IOException {
        try (var all = Files.walk(root)) {
            return all.filter(file -> file.getFileName().toString().contains(".so."))
                    .map(Path::getParent)
                    .distinct()
                    .toList();
        }
    }

    private static List<Path> files(Path root, String ending) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (var all = Files.walk(root)) {
            return all.filter(file -> file.toString().endsWith(ending) && Files.isRegularFile(file))
                    .toList();
        }
    }

    private static String output(ProcessBuilder builder) {
        var name = builder.command().get(0);
        try {
            var process = BoundProcess.start(builder.redirectErrorStream(true));
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new NotMeasuredException("%s: %s".formatted(name, output.strip()));
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + name, e);
        }
    }
}
