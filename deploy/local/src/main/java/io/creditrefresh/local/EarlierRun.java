package io.creditrefresh.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditrefresh.local.process.ProcessEnd;
import io.creditrefresh.local.process.ProcessRegistry;
import io.creditrefresh.local.process.RunLock;
import io.creditrefresh.local.process.RunState;
import io.creditrefresh.local.stack.DataDirectory;
import io.creditrefresh.local.stack.LocalStack;
import io.creditrefresh.local.stack.Ports;
import io.creditrefresh.local.stack.Service;
import java.time.Duration;
import java.util.List;

/** The run that was started before this process, alive or killed. */
final class EarlierRun {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(150);

    private final DataDirectory data;
    private final ProcessRegistry registry;

    EarlierRun(DataDirectory data) {
        this.data = data;
        this.registry = new ProcessRegistry(data.path());
    }

    /** Prints one JSON object. */
    int showStatus() {
        var json = new ObjectMapper();
        var state = registry.state().filter(run -> run.launcher().find().isPresent());
        System.out.println(
                state.map(this::status).orElseGet(() -> json.createObjectNode().put("running", false)));
        return state.isPresent() ? 0 : 1;
    }

    private ObjectNode status(RunState run) {
        var ports = new Ports(run.portBase());
        var status = new ObjectMapper()
                .createObjectNode()
                .put("api", ports.url(Service.API))
                .put("planner", ports.url(Service.PLANNER));
        var workers = status.putArray("workers");
        status.put("database", LocalStack.databaseUrl(ports)).put("kafka", "localhost:" + ports.kafka());
        var pids = status.putObject("pids").put("launcher", run.launcher().pid());
        LocalStack.postgresOf(data.path(), ports).pid().ifPresent(pid -> pids.put("postgres", pid));
        run.processes().forEach((name, process) -> {
            if (process.find().isPresent()) {
                pids.put(name, process.pid());
                Service.workerNamed(name).ifPresent(worker -> workers.add(ports.url(worker)));
            }
        });
        return status;
    }

    /** Stops the run, or ends what it left behind, and returns when nothing of it runs. */
    int stop() {
        var launcher = registry.launcher();
        if (launcher.isPresent()) {
            launcher.get().destroy();
            if (!ProcessEnd.haveEnded(List.of(launcher.get()), STOP_LIMIT)) {
                ProcessEnd.stop(List.of(launcher.get()), Duration.ofSeconds(1));
            }
        }
        var lock = RunLock.take(data.path());
        if (lock.isEmpty()) {
            System.err.println("A run is just starting or stopping; try again.");
            return 1;
        }
        try {
            var leftOvers = LocalStack.endLeftOvers(data.path());
            System.out.println(
                    launcher.isPresent() || leftOvers > 0 ? "The run is stopped." : "No run is up, nothing to stop.");
            return 0;
        } finally {
            lock.get().close();
        }
    }
}
