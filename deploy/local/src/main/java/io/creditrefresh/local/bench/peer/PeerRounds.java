package io.creditrefresh.local.bench.peer;

import io.creditrefresh.embedded.PostgresServer;
import io.creditrefresh.local.bench.machine.CpuTime;
import io.creditrefresh.local.bench.round.Round;
import io.creditrefresh.local.bench.round.Scene;
import io.creditrefresh.local.bench.round.Written;
import io.creditrefresh.local.stack.LocalStack;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** Takes rounds of the peer: from the commit of its tasks, so that it pays nothing for their being there. */
public final class PeerRounds {

    private final LocalStack stack;
    private final int warmUp;
    private final int users;

    public PeerRounds(LocalStack stack, int warmUp, int users) {
        this.stack = stack;
        this.warmUp = warmUp;
        this.users = users;
    }

    public Round take(Scene scene) throws SQLException, IOException, InterruptedException {
        var server = stack.postgres().pid().orElseThrow();
        try (var watch = stack.connect(PostgresServer.SUPERUSER)) {
            var url = stack.postgres().url(watch.getCatalog());
            PeerTasks.createTable(watch);
            PeerTasks.insert(watch, scene.warmUpDay(), warmUp);
            try (var peer = PeerProcess.start(url, stack.log("peer"), warmUp, warmUp + users)) {
                peer.awaitDone(warmUp);
                try (var checkpoint = watch.createStatement()) {
                    checkpoint.execute("CHECKPOINT");
                }
                var before = Written.after(watch, warmUp);
                PeerTasks.insert(watch, scene.day(), users);
                var cpu = CpuTime.ofTree(server);
                var cpuOfPeer = CpuTime.of(peer.pid());
                var started = System.nanoTime();
                peer.awaitDone(warmUp + users);
                var elapsed = Duration.ofNanos(System.nanoTime() - started);
                var used = Map.of(
                        "Postgres",
                        CpuTime.ofTree(server).minus(cpu),
                        "db-scheduler",
                        CpuTime.of(peer.pid()).minus(cpuOfPeer));
                var after = Written.after(watch, warmUp + (long) users);
                return new Round(users, elapsed, used, Map.of(), after.minus(before), Map.of());
            }
        }
    }
}
