package io.creditrefresh.local.docs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An operation as an OpenAPI file describes it.
 *
 * @param path with its variables, as {@code /api/admin/users/{userId}/refresh-history}
 * @param atPath what the file says of the path
 */
public record Offer(String method, String path, JsonNode atPath, JsonNode document) {

    private static final String SIGNATURE = "-Signature";

    /** As {@code GET /api/credits/config}. */
    String call() {
        return method + " " + path;
    }

    JsonNode described() {
        return atPath.get(method.toLowerCase(Locale.ROOT));
    }

    /** Those of the path, and those of the operation. */
    public List<JsonNode> parameters() {
        List<JsonNode> parameters = new ArrayList<>();
        atPath.path("parameters").forEach(parameters::add);
        described().path("parameters").forEach(parameters::add);
        return parameters;
    }

    /** Needs no token. What the operation says of security counts, else what the document says. */
    public boolean isOpen() {
        return security().isEmpty();
    }

    /** Whoever has one of these may call; empty if no token is needed. */
    List<String> roles() {
        List<String> roles = new ArrayList<>();
        security().forEach(way -> way.forEach(named -> named.forEach(role -> roles.add(role.asText()))));
        return roles;
    }

    /** Needs a signature in place of a token. */
    boolean isSigned() {
        return isOpen()
                && parameters().stream()
                        .anyMatch(parameter -> parameter.path("name").asText().endsWith(SIGNATURE));
    }

    private JsonNode security() {
        return (described().has("security") ? described() : document).path("security");
    }
}
