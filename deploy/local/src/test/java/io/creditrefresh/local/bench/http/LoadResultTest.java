package io.creditrefresh.local.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoadResultTest {

    @Test
    void isReadFromTheLastLineOfTheScript() {
        var output = List.of(
                "Running 17s test @ http://localhost:8080",
                "Requests/sec:   2011.07",
                "{\"requests\":30166,\"p50\":7.021,\"p99\":30.680,\"max\":151.100,\"failed\":2}");

        var result = LoadResult.parse(output);

        assertThat(result).isEqualTo(new LoadResult(30_166, 7.021, 30.68, 151.1, 2));
    }

    @Test
    void isNotMadeUp() {
        assertThatThrownBy(() -> LoadResult.parse(List.of("unable to connect to localhost:8080")))
                .isInstanceOf(NotMeasuredException.class)
                .hasMessage("wrk says: unable to connect to localhost:8080");
        assertThatThrownBy(() -> LoadResult.parse(List.of("{\"requests\":nan}")))
                .isInstanceOf(NotMeasuredException.class)
                .hasMessage("wrk says: {\"requests\":nan}");
    }
}
