package io.creditrefresh.edge.problem;

import io.creditrefresh.edge.json.BadJson;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.InstanceUtils;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemPostProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Gives every problem its code, also those that the framework makes, and lets nothing internal out. */
@ApplicationScoped
class ProblemCodes implements ProblemPostProcessor {

    static final String CODE = "code";

    private static final Logger LOG = Logger.getLogger(ProblemCodes.class);
    private static final int SERVER_ERRORS = 500;
    private static final int RETRY_AFTER_SECONDS = 5;

    @Override
    public HttpProblem apply(HttpProblem problem, ProblemContext context) {
        return HttpProblem.builder(coded(problem, context))
                .withInstance(instance(context.path))
                .build();
    }

    private static HttpProblem coded(HttpProblem problem, ProblemContext context) {
        if (problem.getParameters().containsKey(CODE)) {
            return problem;
        }
        if (problem.getStatusCode() >= SERVER_ERRORS) {
            return serverError(context);
        }
        ProblemCode code = codeOf(problem.getStatusCode());
        HttpProblem.Builder coded = HttpProblem.builder(code.problem());
        problem.getHeaders().forEach(coded::withHeader);
        BadJson.detail(context.cause).ifPresent(coded::withDetail);
        return coded.build();
    }

    /** The path as a URI reference, which the library does not make of it: it writes an instance decoded. */
    private static @Nullable URI instance(@Nullable String path) {
        return path == null ? null : InstanceUtils.pathToInstance(encoded(path));
    }

    private static String encoded(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/")
                .replaceFirst("^/+", "/");
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
            case 429 -> ProblemCode.TOO_MANY_REQUESTS;
            default -> ProblemCode.INVALID_REQUEST;
        };
    }
}
