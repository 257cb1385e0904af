package io.creditrefresh.planner.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.edge.problem.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a scheduler may send along; nothing is what most send.
 *
 * @param createJobs {@code true} or absent
 */
public record QueueRequest(@Nullable Boolean createJobs) {

    /** Reads a body of any content type; anything but such an object is the problem {@code invalid_request}. */
    static void check(byte[] body, ObjectMapper mapper) {
        if (new String(body, StandardCharsets.UTF_8).isBlank()) {
            return;
        }
        try {
            QueueRequest request = mapper.readerFor(QueueRequest.class)
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readValue(body);
            if (request != null && !Boolean.FALSE.equals(request.createJobs)) {
                return;
            }
        } catch (JsonProcessingException e) {
            // Said below, in the same words as any other body that is not taken.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw ProblemCode.INVALID_REQUEST.problem("the body is empty, {} or {\"createJobs\": true}");
    }
}
