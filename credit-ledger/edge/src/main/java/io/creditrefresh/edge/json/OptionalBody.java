package io.creditrefresh.edge.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.edge.problem.ProblemCode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads bodies that may be left out, whatever content type they come with: guides and scripts send what they like. */
@Singleton
public class OptionalBody {

    private static final String NOT_JSON = "the body is not the JSON that is asked for";

    private final ObjectMapper mapper;

    OptionalBody(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** The body, {@code empty} if there is none, or the problem {@code invalid_request}. */
    public <T> T read(byte[] body, Class<T> type, T empty) {
        if (new String(body, StandardCharsets.UTF_8).isBlank()) {
            return empty;
        }
        return present(body, type);
    }

    /** The same of a body that must be there. */
    public <T> T present(byte[] body, Class<T> type) {
        try {
            T read = mapper.readValue(body, type);
            if (read != null) {
                return read;
            }
        } catch (IOException e) {
            throw ProblemCode.INVALID_REQUEST.problem(BadJson.detail(e).orElse(NOT_JSON));
        }
        throw ProblemCode.INVALID_REQUEST.problem(NOT_JSON);
    }
}
