package io.creditrefresh.api.user;

import io.creditrefresh.api.caller.UserIds;
import io.creditrefresh.api.write.Bodies;
import io.creditrefresh.edge.page.Cursor;
import io.creditrefresh.edge.page.Page;
import io.creditrefresh.edge.page.PageSize;
import io.creditrefresh.edge.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Looks users up. */
@Path("/api")
@RolesAllowed({Roles.SUPPORT, Roles.ADMIN})
public class UserResource {

    private static final byte LIST = 6;
    private static final int SEARCH_MAX = 320;

    private final Users users;

    UserResource(Users users) {
        this.users = users;
    }

    @GET
    @Path("/admin/users")
    @Operation(
            summary = "Users in the order in which they came: all, or those whose id or address begins with `search`")
    public Page<FoundUser> users(
            @Parameter(description = "What id or address begins with") @RestQuery @Nullable String search,
            @RestQuery @Nullable String cursor,
            @RestQuery @Nullable String limit) {
        int size = PageSize.of(limit);
        long behind = cursor == null ? 0 : Cursor.decode(cursor, LIST).first();
        String start =
                Optional.ofNullable(Bodies.text(search, "search", SEARCH_MAX)).orElse("");
        return Page.of(
                UserRow.behind(behind, start, size + 1), size, FoundUser::of, row -> new Cursor(LIST, row.id, 0, 0));
    }

    @GET
    @Path("/admin/users/{userId}")
    @Operation(summary = "One user whole: credits, next refreshes, settings, and what billing providers say")
    public UserDetails user(@RestPath String userId) throws SQLException {
        return users.find(UserIds.named(userId));
    }
}
