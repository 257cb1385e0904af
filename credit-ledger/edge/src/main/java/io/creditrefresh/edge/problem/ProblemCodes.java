package io.creditrefresh.edge.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.sql.SQLException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Gives every problem its code, also those that the framework makes, and lets nothing internal out. */
@ApplicationScoped
class ProblemCodes implements ProblemPostProcessor {

    static final String CODE = "code";

    private static final Logger LOG = Logger.getLogger(ProblemCodes.class);
    private static final int SERVER_ERRORS = 500;
    private static final int RETRY_AFTER_SECONDS = 5;

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        if (problem.getParameters().containsKey(CODE)) {
            return problem;
        }
        if (problem.getStatusCode() >= SERVER_ERRORS) {
            return serverError(context);
        }
        ProblemCode code = codeOf(problem.getStatusCode());
        HttpProblem.Builder coded = HttpProblem.builder(code.problem()).withInstance(problem.getInstance());
        problem.getHeaders().forEach(coded::withHeader);
        // Of the framework's own words only those that say what is wrong with the body help anybody.
        if (code == ProblemCode.INVALID_REQUEST && problem.getDetail() != null) {
            coded.withDetail(problem.getDetail());
        }
        return coded.build();
    }

    private static HttpProblem serverError(ProblemContext context) {
        Optional<SQLException> weather = Weather.in(context.cause);
        if (weather.isPresent()) {
            LOG.warnf("%s: %s", context.path, weather.get().getMessage());
            return HttpProblem.builder(ProblemCode.UNAVAILABLE.problem())
                    .withHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                    .build();
        }
        LOG.error("A request failed: " + context.path, context.cause);
        return ProblemCode.INTERNAL_ERROR.problem();
    }

    private static ProblemCode codeOf(int status) {
        return switch (status) {
            case 401 -> ProblemCode.UNAUTHENTICATED;
            case 403 -> ProblemCode.FORBIDDEN;
            case 404 -> ProblemCode.NOT_FOUND;
            case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
            case 406 -> ProblemCode.NOT_ACCEPTABLE;
            case 413 -> ProblemCode.PAYLOAD_TOO_LARGE;
            case 415 -> ProblemCode.UNSUPPORTED_MEDIA_TYPE;
            default -> ProblemCode.INVALID_REQUEST;
        };
    }
}
