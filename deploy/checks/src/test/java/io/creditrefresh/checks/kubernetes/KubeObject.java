package io.creditrefresh.checks.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One object as it would be sent to a cluster. */
record KubeObject(JsonNode json) {

    private static final Map<String, String> POD_TEMPLATES = Map.of(
            "Deployment", "/spec/template",
            "Job", "/spec/template",
            "CronJob", "/spec/jobTemplate/spec/template");

    String kind() {
        return json.path("kind").asText();
    }

    String name() {
        return json.at("/metadata/name").asText();
    }

    boolean is(String kind, String name) {
        return kind().equals(kind) && name().equals(name);
    }

    JsonNode at(String pointer) {
        return json.at(pointer);
    }

    /** Where its pods are described; empty when it has none. */
    Optional<JsonNode> podTemplate() {
        return Optional.ofNullable(POD_TEMPLATES.get(kind())).map(json::at);
    }

    /** The containers of its pods, those that run first with them. */
    List<JsonNode> containers() {
        List<JsonNode> containers = new ArrayList<>();
        podTemplate().ifPresent(template -> {
            template.at("/spec/initContainers").forEach(containers::add);
            template.at("/spec/containers").forEach(containers::add);
        });
        return containers;
    }

    static Map<String, String> strings(JsonNode map) {
        return map.properties().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .asText()));
    }

    /** Whether a selector of labels, which is never an empty one here, finds what has these labels. */
    static boolean selects(JsonNode matchLabels, JsonNode labels) {
        Map<String, String> wanted = strings(matchLabels);
        return !wanted.isEmpty() && strings(labels).entrySet().containsAll(wanted.entrySet());
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }
}
