package io.creditrefresh.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.edge.problem.ProblemCode;
import io.restassured.response.Response;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/** What is true of every problem, however it came to be. */
public final class Problems {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Problems() {}

    public static void assertProblem(Response answer, ProblemCode code) {
        assertProblem(answer.statusCode(), answer.contentType(), answer.body().asString(), code);
    }

    public static void assertProblem(RawRequest.Answer answer, ProblemCode code) {
        assertProblem(answer.status(), answer.header("content-type"), answer.body(), code);
    }

    private static void assertProblem(int status, String contentType, String body, ProblemCode code) {
        assertThat(body).as("%d %s", status, contentType).startsWith("{");
        assertThat(parsed(body).get("code")).as(body).isEqualTo(code.code());
        assertThat(status).as(body).isEqualTo(code.status());
        assertIsAProblem(status, contentType, body);
    }

    public static void assertIsAProblem(RawRequest.Answer answer) {
        assertIsAProblem(answer.status(), answer.header("content-type"), answer.body());
    }

    /** It has all its parts, in the right types, and shows nothing of what the service is made of. */
    private static void assertIsAProblem(int status, String contentType, String body) {
        assertThat(contentType).as(body).isEqualTo("application/problem+json");
        Map<String, ?> problem = parsed(body);
        String code = problem.get("code").toString();
        assertThat(problem.get("status")).as(body).isEqualTo(status);
        assertThat(problem.get("type")).as(body).isEqualTo("urn:credit-refresh:problem:" + code);
        assertThat(problem.get("title"))
                .as(body)
                .isEqualTo(ProblemCode.valueOf(code.toUpperCase(Locale.ROOT)).title());
        if (problem.get("instance") instanceof String instance) {
            assertThat(URI.create(instance).toASCIIString()).as(body).isEqualTo(instance);
        }
        assertThat(body)
                .doesNotContain("io.creditrefresh", "java.", "jakarta.", "org.", "Exception", "\\tat ", "\\n", "SQL");
    }

    private static Map<String, ?> parsed(String body) {
        try {
            return JSON.readValue(body, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new AssertionError(body, e);
        }
    }
}
