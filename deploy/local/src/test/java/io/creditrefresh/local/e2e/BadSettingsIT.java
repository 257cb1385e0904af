package io.creditrefresh.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.local.stack.Artefacts;
import io.creditrefresh.local.token.DevelopmentKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each artefact that ships refuses a bad setting with one line and an exit code, before it starts anything. */
class BadSettingsIT {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "refresh-planner | CREDIT_REFRESH_BATCH_SIZE | 0 | credit.refresh.batch-size: \"0\" is not allowed; allowed: 1 to 5000",
                "refresh-worker | CREDIT_REFRESH_ENABLED | ture | credit.refresh.enabled: \"ture\" is not allowed; allowed: true or false",
                "refresh-worker | CREDIT_WORKER_BACKOFF | 1 | credit.worker.backoff: \"1\" is not allowed; allowed: 1s to 24h, as 30s, 10m, 1h or PT10M",
                "refresh-worker | KAFKA_BOOTSTRAP_SERVERS | kafka | kafka.bootstrap.servers: \"kafka\" is not allowed; allowed: hosts with ports as kafka-1:9092,kafka-2:9092",
                "refresh-worker | QUARKUS_HTTP_PORT | x | quarkus.http.port: \"x\" is not allowed; allowed: a port, 0 to 65535; 0: any free one",
                "credit-api | QUARKUS_DATASOURCE_JDBC_URL | mysql://x | quarkus.datasource.jdbc.url: \"mysql://x\" is not allowed; allowed: a JDBC URL as jdbc:postgresql://host:5432/credits",
                "credit-api | CREDITS_TOKEN_ALGORITHM | HS256 | credits.token.algorithm: \"HS256\" is not allowed; allowed: RS256, PS256 or ES256",
                "credit-api | CREDITS_CLOCK_ORIGIN | 2026-11-19T00:00:00Z | credits.clock.*: a simulated clock is refused in production; unset CREDITS_CLOCK_* or set QUARKUS_PROFILE to something else than prod",
            })
    void isOneLine(String module, String variable, String value, String line) throws Exception {
        assertThat(start(module, Map.of(variable, value))).isEqualTo(line + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(strings = {"credit-api", "refresh-planner", "refresh-worker"})
    void isAKeyThatWasMadeForDevelopment(String module) throws Exception {
        Map<String, String> development = DevelopmentKeys.makeIn(directory).environment();

        assertThat(start(module, development))
                .isEqualTo("credits.token.keys: \"%s\" is not allowed;".formatted(development.get("CREDITS_TOKEN_KEYS"))
                        + " allowed in production: keys that were not made for development" + System.lineSeparator());
    }

    /** Starts an artefact that must refuse, and returns what it said. */
    private String start(String module, Map<String, String> settings) throws Exception {
        Path said = directory.resolve("said");
        Path jar = Artefacts.find().home().resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment()
                .putAll(Map.of(
                        "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://localhost:1/credits",
                        "KAFKA_BOOTSTRAP_SERVERS", "localhost:1",
                        "CREDITS_TOKEN_ISSUER", "https://issuer.example.com",
                        "CREDITS_TOKEN_KEYS", "https://issuer.example.com/keys"));
        builder.environment().putAll(settings);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("it ended by itself; it said: %s", Files.readString(said))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(said)).isEqualTo(2);
        return Files.readString(said);
    }
}
