package io.creditrefresh.edge.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.UnauthorizedException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Answers requests without a token, and with one that is not taken. In place of the problem library's own mappers, which
 * were compiled against an older Quarkus and fail.
 */
final class Unauthenticated {

    private static final int BEFORE_THE_LIBRARY = 1;

    private Unauthenticated() {}

    private static Response answer(String challenge) {
        return HttpProblem.builder(ProblemCode.UNAUTHENTICATED.problem())
                .withHeader(HttpHeaders.WWW_AUTHENTICATE, challenge)
                .build()
                .toResponse();
    }

    /** Without a token the challenge names no error (RFC 6750, section 3.1). */
    @Provider
    @Priority(BEFORE_THE_LIBRARY)
    static final class Missing implements ExceptionMapper<UnauthorizedException> {

        @Override
        public Response toResponse(UnauthorizedException exception) {
            return answer("Bearer");
        }
    }

    /** Which of its checks a token has failed is for the log of its issuer, not for who sends it. */
    @Provider
    @Priority(BEFORE_THE_LIBRARY)
    static final class Refused implements ExceptionMapper<AuthenticationFailedException> {

        @Override
        public Response toResponse(AuthenticationFailedException exception) {
            return answer("Bearer error=\"invalid_token\"");
        }
    }
}
