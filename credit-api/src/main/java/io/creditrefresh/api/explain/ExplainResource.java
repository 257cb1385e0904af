package io.creditrefresh.api.explain;

import io.creditrefresh.api.caller.UserIds;
import io.creditrefresh.edge.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Answers support's question: why this balance and this date? */
@Path("/api")
@RolesAllowed({Roles.SUPPORT, Roles.ADMIN})
public class ExplainResource {

    private final Explanations explanations;

    ExplainResource(Explanations explanations) {
        this.explanations = explanations;
    }

    @GET
    @Path("/admin/users/{userId}/explain")
    @Operation(
            summary = "Why a user has this balance, entry by entry, newest first, and is refreshed on this date",
            description =
                    "Without a cursor, all accounts with their newest entries; with one, the account that it is of")
    public Explanation explain(
            @RestPath String userId, @RestQuery @Nullable String cursor, @RestQuery @Nullable String limit)
            throws SQLException {
        return explanations.explain(UserIds.named(userId), cursor, limit);
    }
}
