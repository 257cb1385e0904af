package io.creditrefresh.api.problem;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/** In the tests' service only: takes a body, and fails when asked to. */
@Path("/test")
@PermitAll
public class TestResource {

    static final String BODY = "/test/body";
    static final String FAILURE = "/test/failure";
    static final String CUT_OFF = "/test/cut-off";

    private static final int MORE_THAN_IS_BUFFERED = 100_000;

    public record Body(String kind, long amount, List<String> tags) {}

    @POST
    @Path("/body")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Body body(Body body) {
        return body;
    }

    /** Fails when much of the answer has been sent. */
    @GET
    @Path("/cut-off")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public StreamingOutput cutOff() {
        return output -> {
            output.write(new byte[MORE_THAN_IS_BUFFERED]);
            output.flush();
            throw new IOException("a secret");
        };
    }

    @GET
    @Path("/failure")
    @Operation(hidden = true)
    public String fail(@RestQuery String sqlState) throws SQLException {
        if (sqlState == null) {
            throw new IllegalStateException("a secret of io.creditrefresh");
        }
        throw new SQLException("a secret: SELECT * FROM subscriber", sqlState);
    }
}
