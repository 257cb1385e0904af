package io.creditrefresh.local.compose;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.embedded.KafkaServer;
import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.local.stack.Artefacts;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts services of the compose file as processes: by the entry point of the image, with the command and the environment
 * that the file has for them, and nothing else of this machine but its ports.
 */
final class ComposeProcesses implements AutoCloseable {

    private static final Path HOME = Artefacts.find().home();
    private static final int LIMIT_SECONDS = 120;

    private final ComposeFile compose;
    private final Map<String, String> outside;
    private final Path directory;
    private final PostgresServer postgres;
    private final KafkaServer kafka;
    private final Map<String, Process> running = new HashMap<>();
    private final Map<String, String> ports = new HashMap<>();
    private final Map<String, String> managementPorts = new HashMap<>();

    /**
     * Starts nothing yet.
     *
     * @param outside what is in {@code .env}
     * @param directory what compose.yaml would lie in
     */
    ComposeProcesses(Map<String, String> outside, Path directory, PostgresServer postgres, KafkaServer kafka)
            throws IOException {
        this.compose = ComposeFile.read();
        this.outside = outside;
        this.directory = directory;
        this.postgres = postgres;
        this.kafka = kafka;
    }

    /** Runs a one-shot to its end; with arguments, these are its command. */
    void run(String service, String... arguments) throws Exception {
        Process process =
                launch(service, arguments.length == 0 ? command(service) : List.of(arguments), environment(service));
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();

        assertThat(ended && process.exitValue() == 0).as(output(service)).isTrue();
    }

    void start(String service) throws Exception {
        Map<String, String> environment = environment(service);
        ports.put(service, freePort());
        managementPorts.put(service, freePort());
        environment.put("QUARKUS_HTTP_PORT", ports.get(service));
        environment.put("QUARKUS_MANAGEMENT_PORT", managementPorts.get(service));
        running.put(service, launch(service, command(service), environment));
    }

    /** Whether the health check of the file succeeds. */
    boolean isHealthy(String service) throws Exception {
        assertThat(running.get(service).isAlive()).as(output(service)).isTrue();
        @SuppressWarnings("unchecked")
        List<String> test =
                ((Map<String, List<String>>) compose.services().get(service).get("healthcheck")).get("test");
        assertThat(test).hasSize(3).startsWith("CMD", "/app/healthy");
        return new ProcessBuilder(
                                "bash", ImageFile.DIRECTORY.resolve("healthy").toString(), managementPorts.get(service))
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    String url(String service) {
        return "http://localhost:" + ports.get(service);
    }

    /** Asks a service to stop, as whoever runs containers does, and returns its exit code. */
    int stop(String service) throws Exception {
        Process process = running.get(service);
        process.destroy();
        assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    String output(String service) throws IOException {
        return Files.readString(log(service));
    }

    @Override
    public void close() {
        running.values().forEach(Process::destroyForcibly);
    }

    private Process launch(String service, List<String> command, Map<String, String> environment) throws IOException {
        List<String> words = new ArrayList<>();
        for (String word : ImageFile.read().entrypoint()) {
            if (word.equals("java")) {
                words.add(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString());
            } else if (!word.startsWith("-XX:AOTCache=")) {
                // There is an archive in images only, and JVMs before 25 do not know the option.
                words.add(word.replace("/app/", HOME.resolve(module(service)) + "/target/quarkus-app/"));
            }
        }
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(log(service).toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** The image of a service is named like the module that it is made of. */
    private String module(String service) {
        String image = compose.services().get(service).get("image").toString();
        return image.replaceAll("^credit-refresh/([a-z-]+):.*", "$1");
    }

    private List<String> command(String service) {
        return compose.list(service, "command");
    }

    private Map<String, String> environment(String service) {
        Map<String, String> environment = compose.environment(service, outside);
        environment.replaceAll((key, value) -> value.replace("postgres:5432", "localhost:" + postgres.port())
                .replace("kafka:9092", kafka.bootstrapServers())
                .replace("/keys/", directory.resolve("keys/public") + "/"));
        return environment;
    }

    private Path log(String service) {
        return directory.resolve(service + ".log");
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
