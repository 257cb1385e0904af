package io.creditrefresh.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRegistryTest {

    @TempDir
    private Path directory;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void killWhatTheTestStarted() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void endsWhatAKilledRunLeftBehind() throws IOException {
        var registry = new ProcessRegistry(directory);
        var service = sleeper();
        registry.begin(18_080);
        registry.add("planner", service);

        var ended = new ProcessRegistry(directory).endLeftOvers();

        assertThat(ended).isEqualTo(1);
        assertThat(service.isAlive()).isFalse();
    }

    @Test
    void neverEndsAProcessThatHasOnlyGotTheSameId() throws IOException {
        var stranger = sleeper();
        var itsStart = stranger.info().startInstant().orElseThrow();
        var former = new ProcessIdentity(stranger.pid(), itsStart.minus(Duration.ofMinutes(10)));
        new RunState(ProcessIdentity.current(), 18_080, Map.of("planner", former)).write(directory.resolve("run.json"));

        var ended = new ProcessRegistry(directory).endLeftOvers();

        assertThat(ended).isZero();
        assertThat(stranger.isAlive()).isTrue();
    }

    @Test
    void knowsItsLauncherOnlyWhileThatIsAlive() throws IOException {
        var registry = new ProcessRegistry(directory);
        var launcher = sleeper();
        new RunState(ProcessIdentity.of(launcher).orElseThrow(), 18_080, Map.of()).write(directory.resolve("run.json"));
        var whileAlive = registry.launcher();

        ProcessEnd.stop(List.of(launcher), Duration.ofSeconds(10));

        assertThat(whileAlive).contains(launcher);
        assertThat(registry.launcher()).isEmpty();
    }

    @Test
    void forgetsAProcessButNotItsSuccessorOfTheSameName() throws IOException {
        var registry = new ProcessRegistry(directory);
        var first = sleeper();
        var second = sleeper();
        registry.begin(18_080);
        registry.add("worker-1", first);
        registry.add("worker-1", second);

        registry.remove("worker-1", first.pid());

        assertThat(registry.state().orElseThrow().processes())
                .containsOnly(Map.entry("worker-1", ProcessIdentity.of(second).orElseThrow()));
    }

    @Test
    void takesAnUnreadableFileForNone() throws IOException {
        Files.writeString(directory.resolve("run.json"), "{\"launcher\":");

        var state = new ProcessRegistry(directory).state();

        assertThat(state).isEmpty();
    }

    private ProcessHandle sleeper() throws IOException {
        var process = new ProcessBuilder("sleep", "600").start();
        started.add(process);
        return process.toHandle();
    }
}
