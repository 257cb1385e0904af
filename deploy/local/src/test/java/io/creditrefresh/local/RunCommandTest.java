package io.creditrefresh.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RunCommandTest {

    private static final Path HOME = Path.of("/home/ada/credit-refresh");
    private static final Path DATA = HOME.resolve("deploy/local/data");

    @Test
    void isShortAtTheTopOfTheRepository() {
        var run = new RunCommand(HOME, HOME, DATA);

        assertThat(run.with("--token", "user:a:b@c.org")).isEqualTo("deploy/local/run --token user:a:b@c.org");
    }

    @Test
    void namesTheWholePathElsewhere() {
        var run = new RunCommand(HOME, HOME.resolve("credit-api"), DATA);

        assertThat(run.with("--stop")).isEqualTo("/home/ada/credit-refresh/deploy/local/run --stop");
    }

    @Test
    void namesDataThatAreNotInTheirUsualPlace() {
        var run = new RunCommand(HOME, HOME, Path.of("/tmp/some data"));

        assertThat(run.with("--stop")).isEqualTo("CREDIT_REFRESH_LOCAL_DATA='/tmp/some data' deploy/local/run --stop");
    }

    @Test
    void quotesWhatAShellWouldReadOtherwise() throws Exception {
        var run = new RunCommand(HOME, Path.of("/"), DATA);
        var words = run.with("--token", "user:o'brien \"$HOME\" `x` 🦊");

        var echo = new ProcessBuilder("/bin/sh", "-c", "printf '%s|' " + words).start();

        assertThat(new String(echo.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("/home/ada/credit-refresh/deploy/local/run|--token|user:o'brien \"$HOME\" `x` 🦊|");
    }
}
