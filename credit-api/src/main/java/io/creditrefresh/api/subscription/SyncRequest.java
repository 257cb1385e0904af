package io.creditrefresh.api.subscription;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.edge.problem.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Whose credits are to be synced; nothing at all is the user's own.
 *
 * @param userId a user may leave it out
 */
public record SyncRequest(@Nullable String userId) {

    /** Reads a body of any content type; anything but nothing or such an object is the problem {@code invalid_request}. */
    static SyncRequest read(byte[] body, ObjectMapper mapper) {
        if (new String(body, StandardCharsets.UTF_8).isBlank()) {
            return new SyncRequest(null);
        }
        try {
            SyncRequest request = mapper.readValue(body, SyncRequest.class);
            if (request != null) {
                return request;
            }
        } catch (JsonProcessingException e) {
            // Said below, in the same words as any other body that is not taken.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw ProblemCode.INVALID_REQUEST.problem("the body is empty, {} or {\"userId\": …}");
    }
}
