package io.creditrefresh.checks.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** Files of the project, and the tools that read them. */
final class Project {

    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    static final Path CHECKS = ROOT.resolve("deploy/checks");

    private Project() {}

    static String text(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of a folder whose names end so, in order; none while there is no such folder. */
    static List<Path> files(String folder, String ending) {
        Path path = ROOT.resolve(folder);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a service is built with. */
    static Properties settings(String service) {
        Properties properties = new Properties();
        try (InputStream file =
                Files.newInputStream(ROOT.resolve(service + "/src/main/resources/application.properties"))) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    /** Runs a tool in this module's folder; its standard output. */
    static String run(String purpose, String input, String... command) {
        try {
            Path errors = Files.createTempFile("deploy-checks", ".err");
            Process process = new ProcessBuilder(command)
                    .directory(CHECKS.toFile())
                    .redirectError(errors.toFile())
                    .start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            String said = Files.readString(errors);
            Files.delete(errors);
            if (status != 0) {
                throw new IllegalStateException(
                        "%s ended with status %d:%n%s%s".formatted(String.join(" ", command), status, said, output));
            }
            return output;
        } catch (IOException e) {
            throw new IllegalStateException(command[0] + " is needed to " + purpose + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
