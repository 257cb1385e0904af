package io.creditrefresh.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditrefresh.local.process.ProcessRegistry;
import io.creditrefresh.local.stack.DataDirectory;
import io.creditrefresh.local.token.DevelopmentKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** This JVM stands for the launcher of the run that is up. */
class EarlierRunTest {

    private static final String NO_RUN = "No run is up that could take a token; start one with deploy/local/run.\n";

    @TempDir
    private Path directory;

    private record Answer(int exitCode, String out, String err) {}

    @Test
    void tellsWhereEachServiceAnswers() throws IOException {
        var registry = new ProcessRegistry(directory);
        registry.begin(20_000);
        registry.add("worker-2", ProcessHandle.current());

        var answer = answer(() -> earlierRun().showStatus());

        var status = new ObjectMapper().readTree(answer.out());
        assertThat(answer.exitCode()).isZero();
        assertThat(status.path("api").asText()).isEqualTo("http://localhost:20000");
        assertThat(status.path("planner").asText()).isEqualTo("http://localhost:20001");
        assertThat(status.path("workers").toString()).isEqualTo("[\"http://localhost:20011\"]");
        assertThat(status.path("management").toString())
                .isEqualTo("{\"api\":\"http://localhost:20030\",\"planner\":\"http://localhost:20031\","
                        + "\"worker-2\":\"http://localhost:20041\"}");
    }

    @Test
    void printsATokenAndNothingElse() throws Exception {
        new ProcessRegistry(directory).begin(20_000);
        DevelopmentKeys.makeIn(directory);

        var answer = answer(() -> earlierRun().printToken("user:a:b"));

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).endsWith("\n").hasLineCount(1);
        var claims = new JwtConsumerBuilder()
                .setSkipSignatureVerification()
                .setExpectedAudience("credit-refresh")
                .build()
                .processToClaims(answer.out().strip());
        assertThat(claims.getSubject()).isEqualTo("a:b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "user:", ""})
    void saysWhoCanHaveAToken(String name) {
        var answer = answer(() -> earlierRun().printToken(name));

        assertThat(answer)
                .isEqualTo(new Answer(
                        1,
                        "",
                        "--token is for admin, support, service, or user:USER_ID with an id of 1 to 128 characters: "
                                + name + "\n"));
    }

    @Test
    void hasNoTokenWithoutARun() {
        var answer = answer(() -> earlierRun().printToken("admin"));

        assertThat(answer).isEqualTo(new Answer(1, "", NO_RUN));
    }

    @Test
    void hasNoTokenForARunThatWasKilled() throws Exception {
        var launcher = new ProcessBuilder("true").start();
        new ProcessRegistry(directory).begin(20_000);
        DevelopmentKeys.makeIn(directory);
        launcher.waitFor();
        replaceLauncher(launcher.pid());

        var answer = answer(() -> earlierRun().printToken("admin"));

        assertThat(answer).isEqualTo(new Answer(1, "", NO_RUN));
    }

    private void replaceLauncher(long pid) throws IOException {
        var file = directory.resolve("run.json").toFile();
        var run = (ObjectNode) new ObjectMapper().readTree(file);
        run.withObject("/launcher").put("pid", pid);
        new ObjectMapper().writeValue(file, run);
    }

    private EarlierRun earlierRun() {
        return new EarlierRun(new DataDirectory(directory));
    }

    private static Answer answer(IntSupplier question) {
        var out = System.out;
        var err = System.err;
        var written = new ByteArrayOutputStream();
        var complaints = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complaints, true, StandardCharsets.UTF_8));
            var exitCode = question.getAsInt();
            return new Answer(
                    exitCode, written.toString(StandardCharsets.UTF_8), complaints.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
