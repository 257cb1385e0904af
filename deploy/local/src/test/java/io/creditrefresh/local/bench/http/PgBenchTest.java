package io.creditrefresh.local.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PgBenchTest {

    @Test
    void readsTheRate() {
        var output = List.of(
                "number of transactions actually processed: 28715",
                "latency average = 4.492 ms",
                "tps = 3561.507981 (without initial connection time)");

        assertThat(PgBench.perSecond(output)).isEqualTo(3561.507981);
    }

    @Test
    void makesNoRateUp() {
        assertThatThrownBy(() -> PgBench.perSecond(List.of("pgbench: error: aborted")))
                .isInstanceOf(NotMeasuredException.class)
                .hasMessage("pgbench says: pgbench: error: aborted");
    }
}
