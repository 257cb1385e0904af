package io.creditrefresh.api.limit;

import io.creditrefresh.api.caller.Caller;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.Roles;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;

/**
 * Has users and support wait who ask more often than people do. It comes after the token's check, and counts nothing
 * that needs no token; backends and admins are not limited.
 */
@Provider
final class RequestLimits implements ContainerRequestFilter {

    private final PeopleLimits limits;
    private final Caller caller;
    private final ResourceInfo resource;

    RequestLimits(PeopleLimits limits, Caller caller, ResourceInfo resource) {
        this.limits = limits;
        this.caller = caller;
        this.resource = resource;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!needsToken()) {
            // To ask who calls would refuse a token that has expired, and here none is needed.
            return;
        }
        String role = caller.role();
        if (role.equals(Roles.SUPPORT)) {
            check(limits.request(caller.named()));
        } else if (role.equals(Roles.USER)) {
            check(limits.request(caller.named()));
            if (resource.getResourceMethod().isAnnotationPresent(AsksProvider.class)) {
                check(limits.sync(caller.named()));
            }
        }
    }

    private boolean needsToken() {
        return resource.getResourceMethod().isAnnotationPresent(RolesAllowed.class)
                || resource.getResourceClass().isAnnotationPresent(RolesAllowed.class);
    }

    /** The wait in whole seconds, rounded up: who waits so long is served. */
    private static void check(Duration wait) {
        if (!wait.isZero()) {
            throw HttpProblem.builder(ProblemCode.TOO_MANY_REQUESTS.problem())
                    .withHeader(
                            HttpHeaders.RETRY_AFTER, wait.plusNanos(999_999_999).toSeconds())
                    .build();
        }
    }
}
