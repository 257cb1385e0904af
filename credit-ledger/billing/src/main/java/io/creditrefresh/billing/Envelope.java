package io.creditrefresh.billing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What every event says of itself, whatever it is about: enough to store it once.
 *
 * @param id 1 to 255 printable characters, unique at the provider
 * @param type 1 to 255 printable characters
 */
public record Envelope(String id, String type, Instant occurredAt) {

    private static final int LENGTH_MAX = 255;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Of a JSON object with {@code id}, {@code type}, and the time as {@code created} or {@code occurredAt}. */
    public static Optional<Envelope> read(byte[] body) {
        for (byte each : body) {
            // No column holds a NUL, and UTF-8 needs none.
            if (each == 0) {
                return Optional.empty();
            }
        }
        try {
            JsonNode event = JSON.readTree(body);
            if (event == null || !isText(event.path("id")) || !isText(event.path("type"))) {
                return Optional.empty();
            }
            return Optional.of(new Envelope(
                    event.path("id").textValue(), event.path("type").textValue(), time(event)));
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean isText(JsonNode node) {
        return node.isTextual()
                && !node.textValue().isEmpty()
                && node.textValue().length() <= LENGTH_MAX
                && node.textValue()
                        .chars()
                        .noneMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c));
    }

    private static Instant time(JsonNode event) {
        JsonNode created = event.path("created");
        // A time that no column holds is no time.
        if (created.canConvertToLong() && created.isIntegralNumber() && Math.abs(created.longValue()) < 1L << 37) {
            return Instant.ofEpochSecond(created.longValue());
        }
        Instant occurredAt =
                OffsetDateTime.parse(event.path("occurredAt").asText()).toInstant();
        if (Math.abs(occurredAt.getEpochSecond()) >= 1L << 37) {
            throw new DateTimeException("too far away");
        }
        return occurredAt;
    }
}
