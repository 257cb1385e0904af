package io.creditrefresh.edge.http;

import io.creditrefresh.edge.problem.ProblemCode;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/** Refuses media types that are none, while that still counts as the client's mistake: read later, they fail the answer. */
@Provider
@PreMatching
final class MediaTypes implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        try {
            request.getAcceptableMediaTypes();
            request.getMediaType();
        } catch (IllegalArgumentException e) {
            throw ProblemCode.INVALID_REQUEST.problem("Accept or Content-Type is no media type");
        }
    }
}
