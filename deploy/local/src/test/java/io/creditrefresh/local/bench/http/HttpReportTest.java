package io.creditrefresh.local.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.local.bench.Figures;
import io.creditrefresh.local.bench.http.HttpRound.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpReportTest {

    private static final Step STATUS = new Step(1_000, 0.8, 12.34, 90, 70, 9);

    @Test
    void countsCpuPerAnswer() {
        var step = Step.of(
                2_000, 7, 30, 10, new HttpCpu(Duration.ofSeconds(6), Duration.ofSeconds(4), Duration.ofMillis(500)));

        assertThat(step).isEqualTo(new Step(2_000, 7, 30, 300, 200, 25));
    }

    @Test
    void showsTheMedianOfEachFigure() {
        var report = new HttpReport(List.of(round(4_000, 1_000, 49), round(2_000, 3_000, 10), round(1_000, 2_000, 70)));

        assertThat(report.lines())
                .contains(
                        "pgbench, tpcb-like, simple        2,000.0        -        -          -      400       20",
                        "consume, all it can               2,000.0      7.0     30.0        300      200       25",
                        "consume, half of that             1,000.0      2.0     49.0        310      210       26",
                        "status, the same rate             1,000.0      0.8     12.3         90       70        9",
                        "load of the machine before a round: 1.0");
    }

    @Test
    void givesTheMedianOfTheRatiosOfTheRounds() {
        var figures = new Figures();

        new HttpReport(List.of(round(4_000, 1_000, 49), round(2_000, 3_000, 10), round(1_000, 2_000, 70)))
                .addTo(figures);

        assertThat(figures.json())
                .contains("\"consumeP99Ms\":49.000", "\"consumeToTpcb\":1.500", "\"statusP99Ms\":12.340");
    }

    private static HttpRound round(double tpcbRate, double mostRate, double consumeP99) {
        return new HttpRound(tpcb(tpcbRate), most(mostRate), consume(consumeP99), STATUS, 1);
    }

    private static Step tpcb(double perSecond) {
        return new Step(perSecond, 0, 0, 0, 400, 20);
    }

    private static Step most(double perSecond) {
        return new Step(perSecond, 7, 30, 300, 200, 25);
    }

    private static Step consume(double p99) {
        return new Step(1_000, 2, p99, 310, 210, 26);
    }
}
