package io.creditrefresh.api.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.creditrefresh.ledger.movement.EntryType;
import io.creditrefresh.ledger.trail.EntryLine;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The details of an entry, as far as its sentence needs them. */
record EntryDetails(JsonNode json) {

    private static final String BEFORE = "Before";
    private static final String NONE = "none";

    /** Names of what settings are called by, in words. */
    private static final Map<String, String> WORDS = Map.of(
            "billingState", "billing state",
            "refreshDay", "refresh day",
            "customAllowance", "custom allowance");

    /** What a client sent along with a spend is shown, and not read: nobody knows what is in it. */
    static EntryDetails of(EntryLine line, ObjectMapper mapper) {
        if (line.type().equals(EntryType.CONSUME.name())) {
            return new EntryDetails(MissingNode.getInstance());
        }
        try {
            return new EntryDetails(mapper.readTree(line.details()));
        } catch (JsonProcessingException e) {
            // Of a depth or length that nobody should read: a sentence without them is better than none.
            return new EntryDetails(MissingNode.getInstance());
        }
    }

    Optional<String> text(String name) {
        JsonNode value = json.path(name);
        return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value.asText());
    }

    long number(String name) {
        return json.path(name).asLong();
    }

    /** Every value that stands beside the one before it, as {@code billing state from active to past_due}. */
    String changes() {
        return json.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> json.has(name + BEFORE))
                .map(name -> "%s from %s to %s"
                        .formatted(
                                WORDS.getOrDefault(name, name),
                                text(name + BEFORE).orElse(NONE),
                                text(name).orElse(NONE)))
                .collect(Collectors.joining(", "));
    }
}
