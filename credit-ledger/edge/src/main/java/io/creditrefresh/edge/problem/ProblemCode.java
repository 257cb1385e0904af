package io.creditrefresh.edge.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.net.URI;
import java.util.Locale;

/** Everything that a request can be refused for. A client may rely on the code; the texts are for people. */
public enum ProblemCode {
    INVALID_REQUEST(400, "The request is not valid"),
    INVALID_CURSOR(400, "The cursor is not one of this list"),
    UNAUTHENTICATED(401, "A valid bearer token is needed"),
    FORBIDDEN(403, "The token's roles do not allow this"),
    NOT_FOUND(404, "There is nothing here"),
    USER_NOT_FOUND(404, "There is no such user"),
    METHOD_NOT_ALLOWED(405, "This path does not take this method"),
    NOT_ACCEPTABLE(406, "Answers are JSON"),
    PAYLOAD_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body must be JSON"),
    INTERNAL_ERROR(500, "Something is wrong here; it has been logged"),
    UNAVAILABLE(503, "Not available at the moment; try again");

    private static final String TYPE_PREFIX = "urn:credit-refresh:problem:";

    private final int status;
    private final String title;
    private final String code = name().toLowerCase(Locale.ROOT);

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** The stable code, as {@code user_not_found}. */
    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    /** What the code means, for people. */
    public String title() {
        return title;
    }

    URI type() {
        return URI.create(TYPE_PREFIX + code);
    }

    /** To be thrown. */
    public HttpProblem problem() {
        return builder().build();
    }

    /**
     * To be thrown.
     *
     * @param detail what is wrong with this request, for people; shows no more than the client sent
     */
    public HttpProblem problem(String detail) {
        return builder().withDetail(detail).build();
    }

    private HttpProblem.Builder builder() {
        return HttpProblem.builder()
                .withType(type())
                .withTitle(title)
                .withStatus(status)
                .with(ProblemCodes.CODE, code);
    }
}
