package io.creditrefresh.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.local.stack.Artefacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script in a checkout where nothing has been built, and nothing can be. */
class RunScriptTest {

    @TempDir
    private Path checkout;

    private Path script;

    @BeforeEach
    void checkOut() throws IOException {
        script = checkout.resolve("deploy/local/run");
        Files.createDirectories(script.getParent());
        for (var name : List.of("run", "launch.sh")) {
            Files.copy(Artefacts.find().home().resolve("deploy/local").resolve(name), script.resolveSibling(name));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--status, 1, '{\"running\":false}'",
        "--stop, 0, 'No run is up, nothing to stop.'",
        "--token admin, 1, 'No run is up that could take a token; start one with deploy/local/run.'",
        "--sign x, 1, 'No run is up that could take an event; start one with deploy/local/run.'",
        "--token=admin, 1, 'No run is up that could take a token; start one with deploy/local/run.'",
    })
    void answersWithoutABuild(String arguments, int exitCode, String line) throws Exception {
        var process = run(arguments);

        assertThat(output(process)).isEqualTo(line + "\n");
        assertThat(process.waitFor()).isEqualTo(exitCode);
    }

    @Test
    void buildsBeforeItRuns() throws Exception {
        var process = run("--exit");

        assertThat(output(process)).startsWith("Building what is missing").endsWith("The build failed.\n");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    private Process run(String arguments) throws IOException {
        var builder = new ProcessBuilder("/bin/sh", "-c", script + " " + arguments).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder.start();
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
