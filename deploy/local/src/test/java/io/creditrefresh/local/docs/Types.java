package io.creditrefresh.local.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a value may be, in words, from its schema. */
final class Types {

    private static final String REFERENCE = "#/components/schemas/";
    private static final String NULL = "null";

    /** More values than that have a table of their own. */
    private static final int VALUES_MAX = 10;

    private Types() {}

    /** The type, with links to records; null is not mentioned. */
    static String of(JsonNode schema) {
        if (schema.has("$ref")) {
            String name = referred(schema);
            return Markdown.link(name, name);
        }
        if (schema.has("anyOf")) {
            return stream(schema.get("anyOf"))
                    .filter(each -> !NULL.equals(each.path("type").asText()))
                    .map(Types::of)
                    .collect(Collectors.joining(" or "));
        }
        return names(schema).stream()
                .filter(name -> !name.equals(NULL))
                .map(name -> plain(name, schema))
                .collect(Collectors.joining(" or "));
    }

    static boolean mayBeNull(JsonNode schema) {
        return names(schema).contains(NULL)
                || stream(schema.path("anyOf")).anyMatch(each -> names(each).contains(NULL));
    }

    /** What the type leaves open: ranges, lengths, values, default; empty if that is all. */
    static List<String> limits(JsonNode schema) {
        List<String> limits = new ArrayList<>();
        if (schema.has("enum") && schema.get("enum").size() <= VALUES_MAX) {
            limits.add(stream(schema.get("enum"))
                    .map(value -> Markdown.code(value.asText()))
                    .collect(Collectors.joining(", ", "one of ", "")));
        }
        range(schema, "minimum", "maximum", "", limits);
        range(schema, "minLength", "maxLength", " characters", limits);
        range(schema, "minItems", "maxItems", " items", limits);
        if (schema.has("pattern")) {
            limits.add("matches " + Markdown.code(schema.get("pattern").asText()));
        }
        if (schema.has("default")) {
            limits.add(Markdown.code(schema.get("default").asText()) + " if left out");
        }
        return limits;
    }

    /** The name of the record that a reference leads to. */
    static String referred(JsonNode schema) {
        return schema.get("$ref").asText().substring(REFERENCE.length());
    }

    private static String plain(String name, JsonNode schema) {
        return switch (name) {
            case "array" -> "list of " + of(schema.path("items"));
            case "object" ->
                schema.path("additionalProperties").isEmpty()
                        ? "object"
                        : "object of " + of(schema.get("additionalProperties"));
            case "string" -> text(schema.path("format").asText());
            default -> name;
        };
    }

    private static String text(String format) {
        return switch (format) {
            case "date-time" -> "instant";
            case "date" -> "date";
            case "uri", "uri-reference" -> "URI";
            default -> "string";
        };
    }

    private static List<String> names(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray()
                ? stream(type).map(JsonNode::asText).toList()
                : type.isMissingNode() ? List.of() : List.of(type.asText());
    }

    private static void range(JsonNode schema, String least, String most, String unit, List<String> limits) {
        if (schema.has(least) && schema.has(most)) {
            limits.add(schema.get(least).asText() + " to " + schema.get(most).asText() + unit);
        } else if (schema.has(least)) {
            limits.add("at least " + schema.get(least).asText() + unit);
        } else if (schema.has(most)) {
            limits.add("at most " + schema.get(most).asText() + unit);
        }
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
