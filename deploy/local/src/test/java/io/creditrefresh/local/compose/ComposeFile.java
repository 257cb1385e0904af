package io.creditrefresh.local.compose;

import io.creditrefresh.local.stack.Artefacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The compose file, read as compose reads it: merged, and with what the environment says in the place of variables. */
final class ComposeFile {

    static final Path DIRECTORY = Artefacts.find().home().resolve("deploy/compose");

    private static final Pattern VARIABLE = Pattern.compile("\\$(?:(\\$)|\\{([A-Z0-9_]+)(?:(:[-?])([^}]*))?})");

    private final Map<String, Map<String, Object>> services;

    private ComposeFile(Map<String, Map<String, Object>> services) {
        this.services = services;
    }

    @SuppressWarnings("unchecked")
    static ComposeFile read() throws IOException {
        Map<String, Object> file = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(DIRECTORY.resolve("compose.yaml")));
        return new ComposeFile((Map<String, Map<String, Object>>) file.get("services"));
    }

    Map<String, Map<String, Object>> services() {
        return services;
    }

    /** A key of a service that is a list of texts; empty where it is not there. */
    List<String> list(String service, String key) {
        Object value = services.get(service).getOrDefault(key, List.of());
        return ((Collection<?>) value).stream().map(String::valueOf).toList();
    }

    /** The environment of a service as it is written; null: passed on if there is one. */
    @SuppressWarnings("unchecked")
    Map<String, Object> environment(String service) {
        return (Map<String, Object>) services.get(service).getOrDefault("environment", Map.of());
    }

    /** The environment of a service's process, where so much is set outside. */
    Map<String, String> environment(String service, Map<String, String> outside) {
        Map<String, String> inside = new HashMap<>();
        environment(service).forEach((key, value) -> {
            if (value != null) {
                inside.put(key, filled(value.toString(), outside));
            } else if (outside.containsKey(key)) {
                inside.put(key, outside.get(key));
            }
        });
        return inside;
    }

    /** What can be set from outside, and whether the file refuses to go on without. */
    Map<String, Boolean> variables() {
        Map<String, Boolean> found = new TreeMap<>();
        for (String service : services.keySet()) {
            environment(service).forEach((key, value) -> {
                if (value == null) {
                    found.putIfAbsent(key, false);
                }
            });
        }
        for (MatchResult variable :
                VARIABLE.matcher(services.toString()).results().toList()) {
            if (variable.group(2) != null) {
                found.merge(variable.group(2), ":?".equals(variable.group(3)), Boolean::logicalOr);
            }
        }
        return found;
    }

    /** The images of all services, with the tags that they have unless somebody says otherwise. */
    Set<String> images() {
        Set<String> images = new TreeSet<>();
        services.values()
                .forEach(service -> images.add(filled(service.get("image").toString(), Map.of())));
        return images;
    }

    static String filled(String text, Map<String, String> outside) {
        return VARIABLE.matcher(text).replaceAll(found -> found.group(1) != null ? "\\$" : value(found, outside));
    }

    private static String value(MatchResult variable, Map<String, String> outside) {
        String value = outside.getOrDefault(variable.group(2), "");
        if (!value.isEmpty()) {
            return value;
        }
        if (":?".equals(variable.group(3))) {
            throw new IllegalStateException(variable.group(2) + " is missing: " + variable.group(4));
        }
        return variable.group(3) == null ? "" : variable.group(4);
    }
}
