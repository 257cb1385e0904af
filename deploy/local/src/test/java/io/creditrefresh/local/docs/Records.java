package io.creditrefresh.local.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The records that requests and answers of all services are made of, by name. */
final class Records {

    private final Map<String, JsonNode> records = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Records(List<OpenApiFile> files) {
        for (OpenApiFile file : files) {
            file.document().at("/components/schemas").properties().forEach(schema -> {
                JsonNode known = records.put(schema.getKey(), schema.getValue());
                if (known != null && !known.equals(schema.getValue())) {
                    throw new IllegalStateException("two services mean different things by " + schema.getKey());
                }
            });
        }
    }

    JsonNode get(String name) {
        return Objects.requireNonNull(records.get(name), name);
    }

    /** The record that a schema refers to, else the schema itself. */
    JsonNode resolve(JsonNode schema) {
        return schema.has("$ref") ? get(Types.referred(schema)) : schema;
    }

    /** Names of the records that are parts of this one, and of those that are parts of them. */
    Set<String> within(JsonNode record) {
        Set<String> found = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        collect(record, found);
        return found;
    }

    private void collect(JsonNode record, Set<String> found) {
        for (JsonNode part : record.findParents("$ref")) {
            String name = Types.referred(part);
            if (found.add(name)) {
                collect(get(name), found);
            }
        }
    }
}
