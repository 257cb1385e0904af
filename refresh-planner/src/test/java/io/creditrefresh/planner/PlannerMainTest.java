package io.creditrefresh.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.edge.token.TestTokens;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerMainTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREDIT_REFRESH_BATCH_SIZE | 9999 | credit.refresh.batch-size: \"9999\" is not allowed;"
                        + " allowed: 1 to 5000",
                "CREDIT_REFRESH_ENABLED | yess | credit.refresh.enabled: \"yess\" is not allowed;"
                        + " allowed: true or false",
                "QUARKUS_HTTP_PORT | abc | quarkus.http.port: \"abc\" is not allowed;"
                        + " allowed: a port, 0 to 65535; 0: any free one",
                "QUARKUS_HTTP_PORT | 65536 | quarkus.http.port: \"65536\" is not allowed;"
                        + " allowed: a port, 0 to 65535; 0: any free one",
                "KAFKA_BOOTSTRAP_SERVERS | kafka | kafka.bootstrap.servers: \"kafka\" is not allowed;"
                        + " allowed: hosts with ports as kafka-1:9092,kafka-2:9092",
                "QUARKUS_DATASOURCE_JDBC_URL | postgres:credits | quarkus.datasource.jdbc.url: \"postgres:credits\""
                        + " is not allowed; allowed: a JDBC URL as jdbc:postgresql://host:5432/credits",
                "CREDITS_TOKEN_ALGORITHM | HS256 | credits.token.algorithm: \"HS256\" is not allowed;"
                        + " allowed: RS256, PS256 or ES256",
                "CREDITS_CLOCK_SPEED | 10 | credits.clock.*: a simulated clock is refused in production;"
                        + " unset CREDITS_CLOCK_* or set QUARKUS_PROFILE to something else than prod",
            })
    void refusesABadSettingInOneLine(String variable, String value, String line) throws Exception {
        Process service = start(Map.of(variable, value));

        assertThat(text(service)).isEqualTo(line + System.lineSeparator());
        assertThat(service.waitFor()).isEqualTo(2);
    }

    @Test
    void saysWhichPortIsInUse() {
        assertThat(StartFailure.describe(
                        new RuntimeException(new QuarkusBindException("0.0.0.0", 8080, new BindException("in use")))))
                .isEqualTo("quarkus.http.port: 8080 is in use on 0.0.0.0; set QUARKUS_HTTP_PORT to a free one");
    }

    @Test
    void saysAProblemOfTheConfigurationInOneLine() {
        assertThat(StartFailure.describe(new RuntimeException(new ConfigurationException("this\n  is wrong"))))
                .isEqualTo("this is wrong");
    }

    private static Process start(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // As the artefact's own launcher does; newer JDKs use the log manager in System.exit.
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("java.class.path"),
                PlannerMain.class.getName());
        builder.environment()
                .putAll(Map.of(
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        "jdbc:postgresql://localhost:1/credits",
                        "KAFKA_BOOTSTRAP_SERVERS",
                        "localhost:1",
                        "CREDITS_TOKEN_ISSUER",
                        TestTokens.ISSUER,
                        "CREDITS_TOKEN_KEYS",
                        TestTokens.publicKeys().toString()));
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true).start();
    }

    private static String text(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
