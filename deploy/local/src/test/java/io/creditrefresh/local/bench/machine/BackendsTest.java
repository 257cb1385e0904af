package io.creditrefresh.local.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.creditrefresh.embedded.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendsTest {

    @ParameterizedTest
    @CsvSource({
        "postgres: credit_worker credits 127.0.0.1(51234) idle in transaction, credit_worker",
        "postgres: credit_planner credits ::1(51234) SELECT, credit_planner",
        "postgres: io worker 2, io worker",
        "postgres: checkpointer, checkpointer",
        "postgres: autovacuum worker credits, autovacuum worker credits",
    })
    void areNamedByRoleOrTask(String title, String name) {
        assertThat(Backends.name(title)).isEqualTo(name);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void areThoseOfTheServer() {
        var server = PostgresServer.shared().pid().orElseThrow();

        assertThat(Backends.of(server)).containsKeys("checkpointer", "walwriter");
    }
}
