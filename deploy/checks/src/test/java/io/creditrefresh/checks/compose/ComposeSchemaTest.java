package io.creditrefresh.checks.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compose file is valid by the schema of compose, which dclint has with it, and by dclint's rules for mistakes. */
class ComposeSchemaTest {

    private static final Path CHECKS = Path.of("").toAbsolutePath();
    private static final Path COMPOSE = CHECKS.resolveSibling("compose");

    @TempDir
    Path directory;

    @Test
    void isValid() throws Exception {
        assertThat(complaints(COMPOSE.resolve("compose.yaml"))).isEmpty();
    }

    @Test
    void complainsAboutAKeyThatComposeDoesNotKnow() throws Exception {
        Path misspelt = directory.resolve("compose.yaml");
        String text = Files.readString(COMPOSE.resolve("compose.yaml"));
        Files.writeString(misspelt, text.replaceFirst("read_only:", "read_onli:"));

        assertThat(complaints(misspelt)).contains("invalid-schema");
    }

    @Test
    void complainsAboutAValueOfTheWrongKind() throws Exception {
        Path wrong = directory.resolve("compose.yaml");
        String text = Files.readString(COMPOSE.resolve("compose.yaml"));
        Files.writeString(wrong, text.replaceFirst("cap_drop: \\[ALL]", "cap_drop: ALL"));

        assertThat(complaints(wrong)).contains("invalid-schema");
    }

    private static String complaints(Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        CHECKS.resolve("node_modules/.bin/dclint").toString(),
                        "--max-warnings",
                        "0",
                        "-c",
                        COMPOSE.resolve(".dclintrc.yaml").toString(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int status = process.waitFor();
        return status == 0 ? "" : "status " + status + ": " + output;
    }
}
