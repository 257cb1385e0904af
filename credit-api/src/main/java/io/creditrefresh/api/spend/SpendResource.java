package io.creditrefresh.api.spend;

import io.creditrefresh.api.caller.Caller;
import io.creditrefresh.api.write.Bodies;
import io.creditrefresh.api.write.Writes;
import io.creditrefresh.edge.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestHeader;
import org.jspecify.annotations.Nullable;

/** Spending credits, and giving a spend back. */
@Path("/api")
public class SpendResource {

    private final Spends spends;
    private final Refunding refunding;
    private final Writes writes;
    private final Caller caller;

    SpendResource(Spends spends, Refunding refunding, Writes writes, Caller caller) {
        this.spends = spends;
        this.refunding = refunding;
        this.writes = writes;
        this.caller = caller;
    }

    @POST
    @Path("/credits/consume")
    @RolesAllowed({Roles.USER, Roles.SERVICE})
    @Operation(summary = "Spends credits, all or nothing, once under its key")
    @APIResponseSchema(value = ConsumeAnswer.class, responseCode = "200", responseDescription = "OK")
    @APIResponse(responseCode = "402")
    public ConsumeAnswer consume(
            @Parameter(required = true) @RestHeader(Writes.KEY) @Nullable String key, ConsumeRequest request)
            throws SQLException {
        String userId = caller.userOf(Bodies.present(request).userId());
        return spends.consume(
                userId, request, caller.actor(), writes.required(key, "POST /consume " + userId, request));
    }

    @POST
    @Path("/credits/check")
    @RolesAllowed({Roles.USER, Roles.SERVICE})
    @Operation(summary = "Tells whether a spend would find enough; spends nothing")
    @APIResponseSchema(value = CheckAnswer.class, responseCode = "200", responseDescription = "OK")
    @APIResponse(responseCode = "404")
    public CheckAnswer check(ConsumeRequest request) throws SQLException {
        return spends.check(caller.userOf(Bodies.present(request).userId()), request);
    }

    @POST
    @Path("/credits/refund")
    @RolesAllowed(Roles.SERVICE)
    @Operation(summary = "Gives a spend back, whole and once")
    public RefundAnswer refund(
            @Parameter(required = true) @RestHeader(Writes.KEY) @Nullable String key, RefundRequest request)
            throws SQLException {
        String userId = caller.userOf(Bodies.present(request).userId());
        return refunding.refund(
                userId, request, caller.actor(), writes.required(key, "POST /refund " + userId, request));
    }
}
