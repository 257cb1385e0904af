package io.creditrefresh.edge.http;

import io.creditrefresh.edge.problem.ProblemCode;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * Refuses a query parameter that is given twice, for a proxy before this service may have looked at the other one, and
 * one without a value, which the framework takes for none at all.
 */
@Provider
final class SingleParameters implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        boolean allGood =
                request.getUriInfo().getQueryParameters().values().stream().allMatch(SingleParameters::isGood);
        if (!allGood) {
            throw ProblemCode.INVALID_REQUEST.problem("each query parameter has one value");
        }
    }

    private static boolean isGood(List<String> values) {
        return values.size() == 1 && !values.get(0).isEmpty();
    }
}
