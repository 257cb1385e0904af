package io.creditrefresh.local.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** The fields of a record: name, type, what they mean and may be. */
final class FieldTable {

    private static final List<String> COLUMNS = List.of("field", "type", "what");

    private FieldTable() {}

    /** Of something that a client sends: fields that may be null may be left out. */
    static void asked(JsonNode record, Markdown page) {
        page.table(COLUMNS, rows(record, (schema, isRequired) -> isRequired ? "" : ", optional"));
    }

    /** Of something that a client gets: fields are there unless it says otherwise. */
    static void answered(JsonNode record, Markdown page) {
        page.table(COLUMNS, rows(record, (schema, isRequired) -> {
            if (Types.mayBeNull(schema)) {
                return " or null";
            }
            return isRequired ? "" : ", may be missing";
        }));
    }

    /** What a field or parameter means, and the limits that its schema sets. */
    static String meaning(String description, JsonNode schema) {
        String limits = String.join("; ", Types.limits(schema));
        return Stream.of(description, limits)
                .filter(text -> !text.isEmpty())
                .reduce((one, other) -> one + " (" + other + ")")
                .orElse("");
    }

    /** @param absence what to say of a field, by its schema and whether it is required */
    private static List<List<String>> rows(JsonNode record, BiFunction<JsonNode, Boolean, String> absence) {
        List<String> required = new ArrayList<>();
        record.path("required").forEach(name -> required.add(name.asText()));
        List<List<String>> rows = new ArrayList<>();
        for (var field : record.path("properties").properties()) {
            JsonNode schema = field.getValue();
            rows.add(List.of(
                    Markdown.code(field.getKey()),
                    Types.of(schema) + absence.apply(schema, required.contains(field.getKey())),
                    meaning(schema.path("description").asText(), schema)));
        }
        return rows;
    }
}
