package io.creditrefresh.example.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.creditrefresh.client.ApiException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/**
 * A problem, as RFC 9457 has it.
 *
 * @param problem with {@code title}, {@code status} and {@code code}
 * @param retryAfter seconds; null if trying again is of no use
 */
record Answer(int status, ObjectNode problem, @Nullable String retryAfter) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RETRY_AFTER = "5";

    /** One of the gate's own. */
    static Answer of(int status, String code, String title) {
        ObjectNode problem = JSON.createObjectNode();
        problem.put("title", title).put("status", status).put("code", code);
        return new Answer(status, problem, null);
    }

    /** Nothing can be charged now, so nothing is done. */
    static Answer unavailable() {
        return of(503, "unavailable", "Credits cannot be charged at the moment; try again")
                .after(RETRY_AFTER);
    }

    /** What the Credit API has answered, without the path that it was asked for. */
    static Answer of(ApiException refusal) {
        @Nullable
        String retryAfter = refusal.getResponseHeaders() == null
                ? null
                : refusal.getResponseHeaders()
                        .firstValue(HttpHeaders.RETRY_AFTER)
                        .orElse(null);
        ObjectNode problem = read(refusal.getResponseBody());
        problem.remove("instance");
        return new Answer(refusal.getCode(), problem, retryAfter);
    }

    boolean is(String code) {
        return problem.path("code").asText().equals(code);
    }

    /** The same with a {@code Retry-After}, unless it has one. */
    Answer after(String seconds) {
        return new Answer(status, problem, retryAfter == null ? seconds : retryAfter);
    }

    Answer afterAWhile() {
        return after(RETRY_AFTER);
    }

    Response response() {
        return Response.status(status)
                .type("application/problem+json")
                .header(HttpHeaders.RETRY_AFTER, retryAfter)
                .entity(problem.toString())
                .build();
    }

    private static ObjectNode read(@Nullable String body) {
        try {
            return body != null && JSON.readTree(body) instanceof ObjectNode problem
                    ? problem
                    : JSON.createObjectNode();
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }
}
