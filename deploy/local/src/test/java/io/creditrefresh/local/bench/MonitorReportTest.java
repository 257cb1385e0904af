package io.creditrefresh.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MonitorReportTest {

    private static final SnapshotTimes QUICK = new SnapshotTimes(17, Duration.ofMillis(12), Duration.ofMillis(999));

    @Test
    void showsEachFigureBesideItsLimit() {
        var report = new MonitorReport(answers(Duration.ofMillis(199)), QUICK, 1_234);

        assertThat(report.lines())
                .containsExactly(
                        "/api/monitor                                         1 answers       0.5/s"
                                + "   p50  199.0 ms   p99  199.0 ms (limit 200)   max  199.0 ms",
                        "snapshots of the API                                17 taken              "
                                + "   p50   12.0 ms   max  999.0 ms (limit 1000)",
                        "refreshed meanwhile                              1,234 accounts");
        assertThat(report.missed()).isEmpty();
    }

    @Test
    void missesALimitThatIsOnlyReached() {
        var slow = new SnapshotTimes(17, Duration.ofMillis(12), Duration.ofSeconds(1));

        var report = new MonitorReport(answers(Duration.ofMillis(200)), slow, 0);

        assertThat(report.missed())
                .containsExactly(
                        "/api/monitor: p99 is not below 200 ms",
                        "a snapshot took 1000 ms or longer",
                        "no run was under way");
    }

    private static Map<String, Latencies> answers(Duration latency) {
        return Map.of("/api/monitor", Latencies.of(List.of(new long[] {latency.toNanos()}), Duration.ofSeconds(2)));
    }
}
