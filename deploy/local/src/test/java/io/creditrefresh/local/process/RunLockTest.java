package io.creditrefresh.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {

    @TempDir
    private Path directory;

    @Test
    void letsOneRunHaveADirectoryAtATime() {
        var first = RunLock.take(directory).orElseThrow();
        var whileTaken = RunLock.take(directory);

        first.close();

        assertThat(whileTaken).isEmpty();
        assertThat(RunLock.take(directory)).isPresent().get().satisfies(RunLock::close);
    }
}
