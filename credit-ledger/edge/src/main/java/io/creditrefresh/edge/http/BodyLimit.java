package io.creditrefresh.edge.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.edge.problem.ProblemCode;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Answers a body that is too large with a problem; the server itself would answer with nothing. */
final class BodyLimit {

    private static final int BEFORE_THE_SERVERS_OWN = -100;

    private final long bytesMax;
    private final BodyHandler bounded;
    private final ObjectMapper mapper;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize max, ObjectMapper mapper) {
        this.bytesMax = max.asLongValue();
        this.bounded = BodyHandler.create(false).setBodyLimit(bytesMax);
        this.mapper = mapper;
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_THE_SERVERS_OWN).handler(this::check).failureHandler(this::failed);
    }

    private void check(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && Long.parseLong(length) > bytesMax) {
            refuse(context);
        } else if (length == null && mayHaveABody(context)) {
            // Only reading tells how large it is: it is read here, up to the limit.
            context.request().resume();
            bounded.handle(context);
        } else {
            context.next();
        }
    }

    private static boolean mayHaveABody(RoutingContext context) {
        return !context.request().isEnded()
                && (context.request().version() == HttpVersion.HTTP_2
                        || context.request().headers().contains(HttpHeaders.TRANSFER_ENCODING));
    }

    private void failed(RoutingContext context) {
        if (context.statusCode() == ProblemCode.PAYLOAD_TOO_LARGE.status()) {
            refuse(context);
        } else {
            context.next();
        }
    }

    /** The rest of the body is not read, so the connection is of no more use. */
    private void refuse(RoutingContext context) {
        context.response()
                .setStatusCode(ProblemCode.PAYLOAD_TOO_LARGE.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                .end(body())
                .onComplete(sent -> context.request().connection().close());
    }

    private String body() {
        try {
            return mapper.writeValueAsString(ProblemCode.PAYLOAD_TOO_LARGE.problem());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
