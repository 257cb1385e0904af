package io.creditrefresh.local.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.creditrefresh.local.stack.Artefacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What {@code deploy/monitoring} and the runbook hold. */
final class MonitoringFiles {

    private static final Path HOME = Artefacts.find().home();
    private static final Path MONITORING = HOME.resolve(Path.of("deploy", "monitoring"));
    private static final Path RUNBOOK = HOME.resolve(Path.of("deploy", "docs", "runbook"));
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new YAMLMapper();

    private MonitoringFiles() {}

    /** An expression, and where it stands. */
    record Expression(String where, String text) {

        List<Selector> selectors() {
            try {
                return Selector.in(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
            }
        }
    }

    static Map<String, JsonNode> ruleFiles() {
        return read(MONITORING.resolve("rules"), ".rules.yaml", YAML);
    }

    static Map<String, JsonNode> testFiles() {
        return read(MONITORING.resolve("rules"), ".test.yaml", YAML);
    }

    static Map<String, JsonNode> dashboards() {
        return read(MONITORING.resolve("dashboards"), ".json", JSON);
    }

    static List<JsonNode> rules() {
        return ruleFiles().values().stream()
                .flatMap(file -> children(file.required("groups")))
                .flatMap(group -> children(group.required("rules")))
                .toList();
    }

    static List<JsonNode> alerts() {
        return rules().stream().filter(rule -> rule.has("alert")).toList();
    }

    /** Of rules and dashboards. */
    static List<Expression> expressions() {
        List<Expression> found = new ArrayList<>();
        for (JsonNode rule : rules()) {
            String name = rule.path("alert").asText() + rule.path("record").asText();
            found.add(new Expression(name, rule.required("expr").asText()));
        }
        dashboards().forEach((file, dashboard) -> children(dashboard.required("panels"))
                .forEach(panel -> children(panel.path("targets"))
                        .forEach(target -> found.add(new Expression(
                                file + ": " + panel.required("title").asText(),
                                target.required("expr").asText())))));
        return found;
    }

    /** The names of the pages that are about an alert. */
    static List<String> alertsOfPages() {
        return names(RUNBOOK, ".md").stream()
                .filter(name -> name.startsWith("Credit"))
                .map(name -> name.replace(".md", ""))
                .toList();
    }

    static Stream<JsonNode> children(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }

    private static Map<String, JsonNode> read(Path directory, String ending, ObjectMapper mapper) {
        Map<String, JsonNode> files = new TreeMap<>();
        for (String name : names(directory, ending)) {
            try {
                files.put(name, mapper.readTree(directory.resolve(name).toFile()));
            } catch (IOException e) {
                throw new UncheckedIOException(name, e);
            }
        }
        return files;
    }

    private static List<String> names(Path directory, String ending) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
