package io.creditrefresh.local.bench.round;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.local.bench.machine.CpuTime;
import io.creditrefresh.local.stack.LocalStack;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Takes rounds of the plain statement: one connection, one statement, one commit; only Postgres works. */
public final class PlainRounds {

    private final LocalStack stack;

    public PlainRounds(LocalStack stack) {
        this.stack = stack;
    }

    public Round take(Scene scene) throws SQLException, InterruptedException {
        var server = stack.postgres().pid().orElseThrow();
        try (var connection = stack.connect(PostgresServer.SUPERUSER)) {
            PlainStatement.run(connection, scene.warmUpDay(), Instant.now());
            try (var checkpoint = connection.createStatement()) {
                checkpoint.execute("CHECKPOINT");
            }
            var before = Written.after(connection, scene.warmUp());
            var cpu = CpuTime.ofTree(server);
            var started = System.nanoTime();
            var refreshes = PlainStatement.run(connection, scene.day(), Instant.now());
            var elapsed = Duration.ofNanos(System.nanoTime() - started);
            var used = CpuTime.ofTree(server).minus(cpu);
            var after = Written.after(connection, scene.warmUp() + (long) refreshes);
            return new Round(refreshes, elapsed, Map.of("Postgres", used), Map.of(), after.minus(before), Map.of());
        }
    }
}
