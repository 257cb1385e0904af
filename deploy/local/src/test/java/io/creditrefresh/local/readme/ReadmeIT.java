package io.creditrefresh.local.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.creditrefresh.local.stack.Artefacts;
import io.creditrefresh.local.stack.DataDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every shell block of the README works as printed, from top to bottom, but for those that are marked there; before the one
 * that stops the run, those of the guides do, and every query of theirs.
 */
class ReadmeIT {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String UP = "Next things to try";
    private static final String STOP = "--stop";
    private static final String DATABASE = "jdbc:postgresql://localhost:18082/credits";
    private static final Pattern QUERY = Pattern.compile("```sql\\n(.*?)\\n```", Pattern.DOTALL);

    private final Path home = Artefacts.find().home();

    @TempDir
    Path directory;

    @Test
    void runsAsPrinted() throws Exception {
        List<ShellBlock> blocks = blocks();
        assertThat(blocks).anyMatch(ShellBlock::runsInTheBackground).hasSizeGreaterThan(5);
        Process background = null;
        try {
            for (ShellBlock block : blocks) {
                if (block.script().contains(STOP)) {
                    query(guides());
                }
                if (block.runsInTheBackground()) {
                    background = startAndAwaitUp(block);
                } else if (block.psqlStatement().isPresent() && !isInstalled("psql")) {
                    execute(block.psqlStatement().get());
                } else if (!block.isSkipped()) {
                    run(block);
                }
            }
            assertThat(background).isNotNull();
            assertThat(background.waitFor(60, TimeUnit.SECONDS))
                    .as("the run has been stopped")
                    .isTrue();
        } finally {
            if (background != null && background.isAlive()) {
                background.destroy();
                background.waitFor(60, TimeUnit.SECONDS);
            }
        }
    }

    private List<ShellBlock> blocks() throws IOException {
        List<ShellBlock> blocks = new ArrayList<>(ShellBlock.in(home.resolve("README.md")));
        int stop = IntStream.range(0, blocks.size())
                .filter(i -> blocks.get(i).script().contains(STOP))
                .findFirst()
                .orElseThrow();
        blocks.addAll(
                stop,
                guides().stream()
                        .flatMap(guide -> ShellBlock.in(guide).stream())
                        .toList());
        return blocks;
    }

    private List<Path> guides() throws IOException {
        try (Stream<Path> files = Files.walk(home.resolve("deploy/docs"))) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /** As the role that people look with. */
    private static void query(List<Path> guides) throws IOException, SQLException {
        try (var connection = DriverManager.getConnection(DATABASE, "credit_operator", "");
                var statement = connection.createStatement()) {
            for (Path guide : guides) {
                for (var query :
                        QUERY.matcher(Files.readString(guide)).results().toList()) {
                    assertThatCode(() -> statement.execute(query.group(1)))
                            .as("%s%n%s", guide, query.group(1))
                            .doesNotThrowAnyException();
                }
            }
        }
    }

    private Process startAndAwaitUp(ShellBlock block) throws IOException {
        Path output = directory.resolve("background.log");
        Process process = shell(block, output);
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(500)).until(() -> {
            assertThat(process.isAlive()).as(() -> read(output)).isTrue();
            return read(output).contains(UP);
        });
        assertThat(read(output)).contains("every balance is the sum of its entries, nothing found");
        return process;
    }

    private static boolean isInstalled(String command) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(DATABASE, "postgres", "");
                var rows = connection.createStatement().executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
        }
    }

    private void run(ShellBlock block) throws Exception {
        Path output = directory.resolve(block.file() + "-" + block.line() + ".log");
        Process process = shell(block, output);
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as("%s:%d%n%s%n%s", block.file(), block.line(), block.script(), read(output))
                .isZero();
    }

    private Process shell(ShellBlock block, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", block.script())
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        // Not the data of whoever runs the tests, and the JDK that runs them.
        builder.environment()
                .put(DataDirectory.ENVIRONMENT, directory.resolve("data").toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // An answer that is no success fails its block.
        Files.writeString(directory.resolve(".curlrc"), "fail");
        builder.environment().put("CURL_HOME", directory.toString());
        return builder.start();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
