package io.creditrefresh.api.history;

import io.creditrefresh.api.caller.UserIds;
import io.creditrefresh.edge.page.Page;
import io.creditrefresh.edge.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.sql.SQLException;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Past refreshes, for their user and for support. */
@Path("/api")
public class HistoryResource {

    private final History history;
    private final JsonWebToken token;

    HistoryResource(History history, JsonWebToken token) {
        this.history = history;
        this.token = token;
    }

    @GET
    @Path("/user/credits/refresh-history")
    @RolesAllowed(Roles.USER)
    @Operation(summary = "The user's own refreshes, newest first")
    public Page<RefreshEntry> refreshHistory(
            @RestQuery @Nullable String userId, @RestQuery @Nullable String cursor, @RestQuery @Nullable String limit)
            throws SQLException {
        return history.page(UserIds.own(token, userId), cursor, limit, RefreshEntry::of);
    }

    @GET
    @Path("/admin/users/{userId}/refresh-history")
    @RolesAllowed({Roles.SUPPORT, Roles.ADMIN})
    @Operation(summary = "A user's refreshes, newest first, with who did them and why")
    public Page<AuditedRefresh> refreshHistoryOfUser(
            @RestPath String userId, @RestQuery @Nullable String cursor, @RestQuery @Nullable String limit)
            throws SQLException {
        return history.page(UserIds.named(userId), cursor, limit, AuditedRefresh::of);
    }
}
