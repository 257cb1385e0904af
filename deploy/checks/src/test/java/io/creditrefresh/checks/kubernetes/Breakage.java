package io.creditrefresh.checks.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A change of one object that a policy must see.
 *
 * @param pointer where in the object, or empty for all of it
 * @param value JSON that comes there, or null: it is taken away
 */
record Breakage(
        String policy,
        String overlay,
        String kind,
        String name,
        String pointer,
        @Nullable String value) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Breakage of(String policy, String object, String pointer, @Nullable String value) {
        return in("prod", policy, object, pointer, value);
    }

    static Breakage in(String overlay, String policy, String object, String pointer, @Nullable String value) {
        String[] parts = object.split(" ");
        return new Breakage(policy, overlay, parts[0], parts[1], pointer, value);
    }

    /** The overlay with this object changed. */
    Overlay applied() {
        Overlay whole = Overlay.of(overlay);
        require(whole.objects().stream().anyMatch(this::concerns));
        List<KubeObject> objects = whole.objects().stream()
                .flatMap(object -> concerns(object) ? changed(object).stream() : Stream.of(object))
                .toList();
        return new Overlay(overlay, objects);
    }

    /** Names of ConfigMaps end with a hash, for which a star stands. */
    private boolean concerns(KubeObject object) {
        String pattern = Pattern.quote(name).replace("*", "\\E[a-z0-9]{10}\\Q");
        return object.kind().equals(kind) && object.name().matches(pattern);
    }

    private Optional<KubeObject> changed(KubeObject object) {
        if (pointer.isEmpty()) {
            return Optional.empty();
        }
        JsonNode copy = object.json().deepCopy();
        int last = pointer.lastIndexOf('/');
        JsonNode parent = copy.at(pointer.substring(0, last));
        String key = pointer.substring(last + 1).replace("~1", "/");
        if (parent instanceof ObjectNode fields) {
            if (value == null) {
                require(fields.remove(key) != null);
            } else {
                fields.set(key, json(value));
            }
        } else if (parent instanceof ArrayNode array && value != null) {
            require(array.size() > Integer.parseInt(key));
            array.set(Integer.parseInt(key), json(value));
        } else {
            require(false);
        }
        return Optional.of(new KubeObject(copy));
    }

    private void require(boolean there) {
        if (!there) {
            throw new AssertionError(this + ": there is no such place");
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public String toString() {
        return "%s: %s %s %s = %s".formatted(policy, kind, name, pointer, value == null ? "nothing" : value);
    }
}
