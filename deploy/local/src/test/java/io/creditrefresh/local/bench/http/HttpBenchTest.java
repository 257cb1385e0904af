package io.creditrefresh.local.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class HttpBenchTest {

    @ParameterizedTest
    @CsvSource({
        "--rounds, 0, --rounds is 1 to 25: 0",
        "--rounds, 26, --rounds is 1 to 25: 26",
        "--seconds, 1, --seconds is 2 to 300: 1",
        "--warm-up, 301, --warm-up is 2 to 300: 301",
        "--accounts, 999, --accounts is 1000 to 10000000: 999",
        "--scale, 15, --scale is 16 to 1000: 15",
    })
    void saysWhatIsAllowed(String option, String value, String problem) {
        var http = new HttpBench();
        new CommandLine(http).parseArgs(option, value);

        assertThat(http.problem()).contains(problem);
    }

    @Test
    void hasDefaultsForEverything() {
        var http = new HttpBench();
        new CommandLine(http).parseArgs();

        assertThat(http.problem()).isEmpty();
        assertThat(new HttpBench(1).problem()).isEmpty();
    }
}
