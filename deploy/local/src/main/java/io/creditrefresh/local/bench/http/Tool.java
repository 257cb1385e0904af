package io.creditrefresh.local.bench.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A command that is not ours: the one on the PATH, else that of Debian's packages, unpacked and not installed.
 *
 * @param libraries folders of shared libraries that it needs; empty for a command of the PATH
 */
record Tool(Path command, List<Path> libraries) {

    /** The command of a name, from the packages if there is none on the PATH. */
    static Tool find(String name, Path folder, List<String> packages) {
        return onPath(name).orElseGet(() -> unpacked(name, folder, packages));
    }

    private static java.util.Optional<Tool> onPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(directory -> Path.of(directory).resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(command -> new Tool(command, List.of()));
    }

    private static Tool unpacked(String name, Path folder, List<String> packages) {
        var root = folder.resolve("root");
        try {
            if (executable(root, name).isEmpty()) {
                Files.createDirectories(root);
                var download = new ArrayList<>(List.of("apt-get", "download"));
                download.addAll(packages);
                run(folder, download);
                try (var files = Files.list(folder)) {
                    for (var file : files.filter(path -> path.toString().endsWith(".deb")).toList()) {
                        run(folder, List.of("dpkg-deb", "-x", file.toString(), root.toString()));
                        Files.delete(file);
                    }
                }
            }
            return new Tool(
                    executable(root, name).orElseThrow(() -> new IOException("the packages hold no " + name)),
                    libraries(root));
        } catch (IOException | IllegalStateException e) {
            throw new IllegalStateException(
                    "%s is needed, and not on the PATH; Debian's %s could not be unpacked: %s"
                            .formatted(name, String.join(", ", packages), e.getMessage()),
                    e);
        }
    }

    private static java.util.Optional<Path> executable(Path root, String name) throws IOException {
        if (!Files.exists(root)) {
            return java.util.Optional.empty();
        }
        try (var files = Files.walk(root)) {
            return files.filter(path -> path.endsWith(name) && Files.isRegularFile(path) && Files.isExecutable(path))
                    .findFirst();
        }
    }

    private static List<Path> libraries(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(path -> path.toString().contains(".so"))
                    .map(Path::getParent)
                    .distinct()
                    .toList();
        }
    }

    /** Runs it to its end; what it prints, if it succeeds. */
    List<String> run(List<String> arguments) {
        var line = new ArrayList<>(List.of(command.toString()));
        line.addAll(arguments);
        return run(Path.of("").toAbsolutePath(), line, libraries);
    }

    private static List<String> run(Path directory, List<String> line) {
        return run(directory, line, List.of());
    }

    private static List<String> run(Path directory, List<String> line, List<Path> libraries) {
        var builder = new ProcessBuilder(line).directory(directory.toFile()).redirectErrorStream(true);
        if (!libraries.isEmpty()) {
            builder.environment()
                    .put("LD_LIBRARY_PATH", String.join(":", libraries.stream().map(Path::toString).toList()));
        }
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(line.get(0) + " failed: " + output.strip());
            }
            return output.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + line.get(0), e);
        }
    }
}
