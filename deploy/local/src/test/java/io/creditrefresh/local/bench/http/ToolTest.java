package io.creditrefresh.local.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolTest {

    @TempDir
    Path folder;

    @Test
    void isTheFirstProgramOfItsNameOnThePath() throws IOException {
        Files.createDirectories(folder.resolve("first/wrk"));
        Files.createDirectories(folder.resolve("second"));
        var program = Files.writeString(folder.resolve("second/wrk"), "#!/bin/sh\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();

        var tool = Tool.onPath("wrk", ":" + folder.resolve("first") + ":" + folder.resolve("second"));

        assertThat(tool).contains(new Tool(program, List.of()));
    }

    @Test
    void printsLines() {
        var shell = new Tool(Path.of("/bin/sh"), List.of(folder));

        assertThat(shell.run(List.of("-c", "echo one; echo $LD_LIBRARY_PATH")))
                .containsExactly("one", folder.toString());
    }

    @Test
    void failsWithWhatTheProgramSays() {
        var shell = new Tool(Path.of("/bin/sh"), List.of());

        assertThatThrownBy(() -> shell.run(List.of("-c", "echo no; exit 3")))
                .isInstanceOf(NotMeasuredException.class)
                .hasMessage("/bin/sh: no");
    }
}
