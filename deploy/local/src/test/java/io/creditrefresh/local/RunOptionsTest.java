package io.creditrefresh.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class RunOptionsTest {

    @Test
    void hasDefaultsForEverything() {
        var options = parse();

        assertThat(options.problem()).isEmpty();
        assertThat(options.users()).isEqualTo(10_000);
        assertThat(options.speed()).isEqualTo(1_440);
        assertThat(options.workers()).isEqualTo(2);
        assertThat(options.ports().base()).isEqualTo(18_080);
        assertThat(options.importFile()).isEmpty();
        assertThat(options.token()).isEmpty();
        assertThat(options.keep() || options.exit() || options.status() || options.stop())
                .isFalse();
    }

    @Test
    void takesEveryOption() {
        var options = parse(
                "--users",
                "7",
                "--speed",
                "1",
                "--workers",
                "3",
                "--port-base",
                "20000",
                "--import",
                "pom.xml",
                "--keep",
                "--exit");

        assertThat(options.problem()).isEmpty();
        assertThat(options.users()).isEqualTo(7);
        assertThat(options.speed()).isEqualTo(1);
        assertThat(options.workers()).isEqualTo(3);
        assertThat(options.ports().base()).isEqualTo(20_000);
        assertThat(options.importFile()).contains(Path.of("pom.xml").toAbsolutePath());
        assertThat(options.keep() && options.exit()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "--users, 0, --users is 1 to 10000000: 0",
        "--users, 10000001, --users is 1 to 10000000: 10000001",
        "--speed, 0, '--speed is more than 0, at most 100000: 0.0'",
        "--speed, NaN, '--speed is more than 0, at most 100000: NaN'",
        "--speed, 100001, '--speed is more than 0, at most 100000: 100001.0'",
        "--workers, 0, '--workers is 1 to 12, the number of the topic''s partitions: 0'",
        "--workers, 13, '--workers is 1 to 12, the number of the topic''s partitions: 13'",
        "--port-base, 80, --port-base is 1024 to 65476: 80",
        "--port-base, 65477, --port-base is 1024 to 65476: 65477",
        "--import, /no/such/file, --import cannot read /no/such/file",
    })
    void saysWhatIsAllowed(String option, String value, String problem) {
        var options = parse(option, value);

        assertThat(options.problem()).contains(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--status --stop", "--token admin --stop", "--status --token admin", "--sign x --stop"})
    void doesNotTakeTwoQuestionsTogether(String arguments) {
        var options = parse(arguments.split(" "));

        assertThat(options.problem()).contains("--status, --stop, --token and --sign cannot go together");
    }

    @Test
    void takesAnyUserIdForAToken() {
        var options = parse("--token", "user:a:b \"c\", 🦊");

        assertThat(options.problem()).isEmpty();
        assertThat(options.token()).contains("user:a:b \"c\", 🦊");
    }

    @ParameterizedTest
    @CsvSource({"--users, many", "--speed, fast", "--workers, 1.5", "--unknown, 1", "--token,"})
    void refusesWhatItCannotRead(String option, String value) {
        var arguments = value == null ? new String[] {option} : new String[] {option, value};

        assertThatThrownBy(() -> parse(arguments)).isInstanceOf(ParameterException.class);
    }

    private static RunOptions parse(String... arguments) {
        var options = new RunOptions();
        CommandLine.populateCommand(options, arguments);
        return options;
    }
}
