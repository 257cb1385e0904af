package io.creditrefresh.local.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.creditrefresh.embedded.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class CpuTimeTest {

    private static final Duration OWN = Duration.ofSeconds(1);
    private static final Duration OF_A_BACKEND = Duration.ofSeconds(7);

    @Test
    void countsABackendOnceThatEndsBeforeItIsRead() {
        var parent = inTurn(
                List.of(parent(Duration.ZERO), parent(OF_A_BACKEND), parent(OF_A_BACKEND), parent(OF_A_BACKEND)));
        var children = inTurn(List.of(Duration.ZERO, Duration.ZERO));

        assertThat(CpuTime.ofTree(parent, children)).isEqualTo(OWN.plus(OF_A_BACKEND));
    }

    @Test
    void countsABackendOnceThatEndsAfterItIsRead() {
        var parent = inTurn(
                List.of(parent(Duration.ZERO), parent(OF_A_BACKEND), parent(OF_A_BACKEND), parent(OF_A_BACKEND)));
        var children = inTurn(List.of(OF_A_BACKEND, Duration.ZERO));

        assertThat(CpuTime.ofTree(parent, children)).isEqualTo(OWN.plus(OF_A_BACKEND));
    }

    @Test
    void doesNotGuess() {
        var ended = new Duration[] {Duration.ZERO};
        Supplier<ProcessStat> restless = () -> parent(ended[0] = ended[0].plusMillis(10));

        assertThatThrownBy(() -> CpuTime.ofTree(restless, () -> Duration.ZERO))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void keepsTheTimeOfABackendThatHasEnded() throws SQLException {
        var server = PostgresServer.shared();
        var pid = server.pid().orElseThrow();
        var before = CpuTime.ofTree(pid);

        try (var connection =
                        server.dataSource("postgres", PostgresServer.SUPERUSER).getConnection();
                var work = connection.prepareStatement("SELECT count(*) FROM generate_series(1, 1000000)")) {
            work.execute();
        }

        assertThat(CpuTime.ofTree(pid).minus(before)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
    }

    private static ProcessStat parent(Duration ended) {
        return new ProcessStat(1, OWN, ended);
    }

    private static <T> Supplier<T> inTurn(List<T> readings) {
        Queue<T> left = new ArrayDeque<>(readings);
        return left::remove;
    }
}
