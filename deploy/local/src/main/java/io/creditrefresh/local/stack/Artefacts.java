package io.creditrefresh.local.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the repository and the built services are.
 *
 * @param home top folder of the repository
 */
public record Artefacts(Path home) {

    private static final String HOME_PROPERTY = "credit-refresh.home";

    /** The limit of memory and the garbage collector that the images have. */
    public static final List<String> JVM_OPTIONS = List.of("-Xmx256m", "-XX:+UseSerialGC");

    /** More options for the JVMs of services and commands, separated by spaces; for whoever starts many short ones. */
    private static final String OPTIONS_VARIABLE = "CREDIT_REFRESH_JAVA_OPTIONS";

    // A Ctrl-C reaches every process of the terminal; the launcher alone decides when each service stops.
    private static final List<String> DEAF_TO_CTRL_C =
            List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "service");

    /** Uses the system property {@code credit-refresh.home}, else the repository around the working directory. */
    public static Artefacts find() {
        return Optional.ofNullable(System.getProperty(HOME_PROPERTY))
                .map(Path::of)
                .or(() -> Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
                        .takeWhile(directory -> directory != null)
                        .filter(directory -> Files.exists(directory.resolve("deploy/local/run")))
                        .findFirst())
                .map(Artefacts::new)
                .orElseThrow(() -> new IllegalStateException("not inside the repository; set -D" + HOME_PROPERTY));
    }

    /** What starts the artefact that ships, as a process of its own. */
    List<String> command(Service.Kind kind, String... arguments) {
        var jar = home.resolve(kind.module()).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException("%s is missing; build it: ./mvnw -DskipTests package".formatted(jar));
        }
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(DEAF_TO_CTRL_C);
        command.add(java);
        command.addAll(JVM_OPTIONS);
        command.addAll(
                Stream.of(System.getenv().getOrDefault(OPTIONS_VARIABLE, "").split(" "))
                        .filter(option -> !option.isBlank())
                        .toList());
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return command;
    }
}
