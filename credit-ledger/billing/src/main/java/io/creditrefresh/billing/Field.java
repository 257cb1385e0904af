package io.creditrefresh.billing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One value of an event and where it stands in it: absent, or read strictly. */
public final class Field {

    private static final int LENGTH_MAX = 255;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode node;
    private final String path;

    private Field(JsonNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /**
     * The whole of a JSON object.
     *
     * @throws UnreadableEventException if it is none
     */
    public static Field parse(byte[] json) {
        try {
            JsonNode root = JSON.readTree(json);
            if (root == null || !root.isObject()) {
                throw new UnreadableEventException("it is no JSON object");
            }
            return new Field(root, "");
        } catch (JsonProcessingException e) {
            throw new UnreadableEventException("it is no JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UnreadableEventException("it is no JSON");
        }
    }

    /** The value of a name in an object; absent in everything else. */
    public Field get(String name) {
        return new Field(node.path(name), path.isEmpty() ? name : path + "." + name);
    }

    /** The value at a path of names. */
    public Field at(String... names) {
        Field field = this;
        for (String name : names) {
            field = field.get(name);
        }
        return field;
    }

    /** Whether there is a value; null is none. */
    public boolean isPresent() {
        return !node.isMissingNode() && !node.isNull();
    }

    /** This, or the other one if there is no value here: for what has moved from one place to another. */
    public Field or(Field other) {
        return isPresent() ? this : other;
    }

    /** The elements of an array; none if there is no value. */
    public List<Field> elements() {
        if (!isPresent()) {
            return List.of();
        }
        if (!node.isArray()) {
            throw wrong("an array");
        }
        List<Field> elements = new ArrayList<>();
        for (JsonNode element : node) {
            elements.add(new Field(element, path + "[" + elements.size() + "]"));
        }
        return elements;
    }

    /** A text of 1 to 255 characters that a column can hold. */
    public String text() {
        if (!node.isTextual()
                || node.textValue().isEmpty()
                || node.textValue().length() > LENGTH_MAX
                || node.textValue().indexOf(0) >= 0) {
            throw wrong("a text of 1 to " + LENGTH_MAX + " characters");
        }
        return node.textValue();
    }

    /** The same; empty if there is no value, or an empty text. */
    public Optional<String> optionalText() {
        return !isPresent() || (node.isTextual() && node.textValue().isEmpty())
                ? Optional.empty()
                : Optional.of(text());
    }

    /** An id, which may stand for itself or in the whole object that it names; empty if there is no value. */
    public Optional<String> id() {
        return node.isObject() ? Optional.of(get("id").text()) : optionalText();
    }

    /** A time in seconds since 1970, from 1900 to 2200. */
    public Instant seconds() {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            throw wrong("a time in seconds");
        }
        return bounded(node.longValue());
    }

    /** A time as ISO 8601 with its offset, from 1900 to 2200. */
    public Instant timestamp() {
        try {
            return bounded(OffsetDateTime.parse(text()).toEpochSecond());
        } catch (DateTimeException e) {
            throw wrong("a time as 2026-01-31T08:00:00Z");
        }
    }

    /** A whole number from 1 to a maximum. */
    public long count(long max) {
        boolean isWhole = node.isIntegralNumber() && node.canConvertToLong();
        if (!isWhole || node.longValue() < 1 || node.longValue() > max) {
            throw wrong("a whole number from 1 to " + max);
        }
        return node.longValue();
    }

    /** Whether it is true; false if there is no value. */
    public boolean isTrue() {
        if (isPresent() && !node.isBoolean()) {
            throw wrong("true or false");
        }
        return node.booleanValue();
    }

    /** Whether it is this text. */
    public boolean is(String text) {
        return node.isTextual() && node.textValue().equals(text);
    }

    /** That it is not what it must be. */
    public UnreadableEventException wrong(String expected) {
        return new UnreadableEventException(path + (isPresent() ? " is not " : " is missing: ") + expected);
    }

    private Instant bounded(long seconds) {
        if (Math.abs(seconds) > 7_258_118_400L) {
            throw wrong("a time between 1900 and 2200");
        }
        return Instant.ofEpochSecond(seconds);
    }
}
