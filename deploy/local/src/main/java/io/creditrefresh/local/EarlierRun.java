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
import io.creditrefresh.local.token.Bearer;
import io.creditrefresh.local.token.DevelopmentKeys;
import io.creditrefresh.local.token.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

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
        var state = alive();
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
        var management = status.putObject("management")
                .put(Service.API.name(), ports.managementUrl(Service.API))
                .put(Service.PLANNER.name(), ports.managementUrl(Service.PLANNER));
        status.put("database", LocalStack.databaseUrl(ports)).put("kafka", "localhost:" + ports.kafka());
        var pids = status.putObject("pids").put("launcher", run.launcher().pid());
        LocalStack.postgresOf(data.path(), ports).pid().ifPresent(pid -> pids.put("postgres", pid));
        run.processes().forEach((name, process) -> {
            if (process.find().isPresent()) {
                pids.put(name, process.pid());
                Service.workerNamed(name).ifPresent(worker -> {
                    workers.add(ports.url(worker));
                    management.put(name, ports.managementUrl(worker));
                });
            }
        });
        return status;
    }

    /** Prints one token, signed with the keys of the run, for a bearer as {@link Bearer#named} takes it. */
    int printToken(String name) {
        var bearer = Bearer.named(name);
        if (bearer.isEmpty()) {
            System.err.println("--token is for %s: %s".formatted(Bearer.NAMES, name));
            return 1;
        }
        var keys = alive().flatMap(run -> DevelopmentKeys.readFrom(data.path()));
        if (keys.isEmpty()) {
            System.err.println("No run is up that could take a token; start one with deploy/local/run.");
            return 1;
        }
        System.out.println(new Tokens(keys.get(), InstantSource.system()).of(bearer.get()));
        return 0;
    }

    /** Prints the header that signs a file as a billing event, valid for five minutes. */
    int printSignature(Path file) throws IOException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            System.err.println("--sign cannot read " + file);
            return 1;
        }
        var keys = alive().flatMap(run -> DevelopmentKeys.readFrom(data.path()));
        if (keys.isEmpty()) {
            System.err.println("No run is up that could take an event; start one with deploy/local/run.");
            return 1;
        }
        System.out.println(
                keys.get().sign(Files.readAllBytes(file), InstantSource.system().instant()));
        return 0;
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

    private Optional<RunState> alive() {
        return registry.state().filter(run -> run.launcher().find().isPresent());
    }
}
