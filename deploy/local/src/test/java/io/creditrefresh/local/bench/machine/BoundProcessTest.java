package io.creditrefresh.local.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class BoundProcessTest {

    private static final long LIMIT_SECONDS = 20;

    @Test
    void endsWithTheProcessThatHasStartedIt() throws Exception {
        Process launcher = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Launcher.class.getName())
                .redirectError(Redirect.INHERIT)
                .start();
        ProcessHandle program = ProcessHandle.of(
                        Long.parseLong(launcher.inputReader().readLine()))
                .orElseThrow();
        assertThat(program.isAlive()).isTrue();

        launcher.destroy();

        assertThat(launcher.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(program.onExit()
                        .completeOnTimeout(program, LIMIT_SECONDS, TimeUnit.SECONDS)
                        .get()
                        .isAlive())
                .isFalse();
    }

    /** Starts a program that would run for long, and waits for it. */
    static final class Launcher {

        private Launcher() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            Process program = BoundProcess.start(new ProcessBuilder("sleep", "600"));
            System.out.println(program.pid());
            program.waitFor();
        }
    }
}
