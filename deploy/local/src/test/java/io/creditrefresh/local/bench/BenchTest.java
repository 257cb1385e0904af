package io.creditrefresh.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.local.OneLineErrors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchTest {

    @ParameterizedTest
    @CsvSource({
        "--accounts, 9999, --accounts is 10000 to 10000000: 9999",
        "--accounts, 10000001, --accounts is 10000 to 10000000: 10000001",
        "--clients, 0, --clients is 1 to 1000: 0",
        "--clients, 1001, --clients is 1 to 1000: 1001",
        "--seconds, 0, --seconds is 1 to 600: 0",
        "--seconds, 601, --seconds is 1 to 600: 601",
    })
    void saysWhatIsAllowed(String option, String value, String problem) {
        var monitor = new MonitorBench();
        new CommandLine(monitor).parseArgs(option, value);

        assertThat(monitor.problem()).contains(problem);
    }

    @Test
    void hasDefaultsForEverything() {
        var monitor = new MonitorBench();
        new CommandLine(monitor).parseArgs();

        assertThat(monitor.problem()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing",
                "--rounds 0",
                "monitor --clients many",
                "monitor --clients 0",
                "pipeline --accounts 49999",
                "pipeline --rounds 26"
            })
    void endsWithBadUsage(String arguments) {
        var bench = OneLineErrors.commandLine(new Bench());

        assertThat(bench.execute(arguments.split(" "))).isEqualTo(2);
    }
}
