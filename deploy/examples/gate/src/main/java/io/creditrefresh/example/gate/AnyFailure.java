package io.creditrefresh.example.gate;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.jboss.logging.Logger;

/**
 * Answers what no other mapper knows. A backend needs one such mapper, this or its own: for an exception without any,
 * Jakarta REST calls no response filter, so nothing would be given back.
 */
@Provider
public class AnyFailure implements ExceptionMapper<Throwable> {

    private static final Logger LOG = Logger.getLogger(AnyFailure.class);

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof WebApplicationException answered) {
            return answered.getResponse();
        }
        LOG.error("a request failed", failure);
        return Answer.of(500, "internal_error", "Something went wrong here").response();
    }
}
