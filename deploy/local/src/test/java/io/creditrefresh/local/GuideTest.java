package io.creditrefresh.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.local.stack.DataDirectory;
import io.creditrefresh.local.stack.Ports;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GuideTest {

    private static final Path HOME = Path.of("/home/ada/credit-refresh");

    private final DataDirectory data = new DataDirectory(HOME.resolve("deploy/local/data"));
    private final Guide guide = new Guide(new Ports(18_080), data, new RunCommand(HOME, HOME, data.path()));

    @Test
    void showsEveryAddress() {
        var lines = guide.addresses();

        assertThat(lines)
                .contains(
                        "  API http://localhost:18080   planner http://localhost:18081   first worker http://localhost:18090",
                        "  Health and metrics: API http://localhost:18110   planner http://localhost:18111"
                                + "   first worker http://localhost:18120",
                        "  Postgres postgresql://postgres@localhost:18082/credits   Kafka localhost:18083");
    }

    @Test
    void offersCommandsWithTheTokensThatTheyNeed() {
        var lines = guide.nextThings(Optional.of("alice"));

        assertThat(lines)
                .filteredOn(line -> line.startsWith("  curl "))
                .containsExactly(
                        "  curl -s -H \"Authorization: Bearer $(deploy/local/run --token user:alice)\""
                                + " http://localhost:18080/api/user/credits/status",
                        "  curl -s -H \"Authorization: Bearer $(deploy/local/run --token user:alice)\""
                                + " http://localhost:18080/api/user/credits/next-refresh",
                        "  curl -s -H \"Authorization: Bearer $(deploy/local/run --token support)\""
                                + " http://localhost:18080/api/scheduled-tasks/credit-refresh-monitor",
                        "  curl -s -H \"Authorization: Bearer $(deploy/local/run --token support)\""
                                + " http://localhost:18080/api/admin/credits/refresh-stats",
                        "  curl -s -H \"Authorization: Bearer $(deploy/local/run --token admin)\""
                                + " -X POST http://localhost:18081/api/scheduled-tasks/credit-refresh-queue",
                        "  curl -s http://localhost:18111/q/health",
                        "  curl -s http://localhost:18120/q/metrics");
    }

    @Test
    void looksAtNobodyWhenThereIsNobody() {
        var lines = guide.nextThings(Optional.empty());

        assertThat(lines).noneMatch(line -> line.contains("user"));
    }
}
