package io.creditrefresh.local.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a run leaves on disk about itself.
 *
 * @param launcher the JVM that holds the run together
 * @param portBase first of the run's ports
 * @param processes services and commands by name
 */
public record RunState(ProcessIdentity launcher, int portBase, Map<String, ProcessIdentity> processes) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public RunState {
        processes = new LinkedHashMap<>(processes);
    }

    /** Reads what was written; empty when nothing was, or nothing readable. */
    static Optional<RunState> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(parse(JSON.readTree(file.toFile()))) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Replaces the file in one step, so that a reader never sees half of it. */
    void write(Path file) {
        try {
            var next = file.resolveSibling(file.getFileName() + ".next");
            JSON.writeValue(next.toFile(), tree());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode tree() {
        var tree = JSON.createObjectNode().put("portBase", portBase);
        tree.set("launcher", tree(launcher));
        var names = tree.putObject("processes");
        processes.forEach((name, process) -> names.set(name, tree(process)));
        return tree;
    }

    private static ObjectNode tree(ProcessIdentity process) {
        return JSON.createObjectNode()
                .put("pid", process.pid())
                .put("startedAt", process.startedAt().toString());
    }

    private static RunState parse(JsonNode tree) {
        var processes = new LinkedHashMap<String, ProcessIdentity>();
        tree.path("processes").properties().forEach(named -> processes.put(named.getKey(), identity(named.getValue())));
        return new RunState(
                identity(tree.path("launcher")), tree.path("portBase").asInt(), processes);
    }

    private static ProcessIdentity identity(JsonNode tree) {
        return new ProcessIdentity(
                tree.path("pid").asLong(), Instant.parse(tree.path("startedAt").asText(Instant.EPOCH.toString())));
    }
}
