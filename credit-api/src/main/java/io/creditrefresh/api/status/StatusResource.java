package io.creditrefresh.api.status;

import io.creditrefresh.api.caller.UserIds;
import io.creditrefresh.edge.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.sql.SQLException;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** A user's own credits. */
@Path("/api")
@RolesAllowed(Roles.USER)
public class StatusResource {

    private final Standings standings;
    private final JsonWebToken token;

    StatusResource(Standings standings, JsonWebToken token) {
        this.standings = standings;
        this.token = token;
    }

    @GET
    @Path("/user/credits/status")
    @Operation(summary = "What the user has, as a spend would find it")
    public CreditStatus status(@RestQuery @Nullable String userId) throws SQLException {
        return standings.status(UserIds.own(token, userId));
    }

    @GET
    @Path("/user/credits/next-refresh")
    @Operation(summary = "When the user gets credits, how much, and what will lapse")
    public NextRefreshes nextRefresh(@RestQuery @Nullable String userId) throws SQLException {
        return standings.nextRefreshes(UserIds.own(token, userId));
    }
}
