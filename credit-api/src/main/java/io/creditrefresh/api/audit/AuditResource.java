package io.creditrefresh.api.audit;

import io.creditrefresh.api.caller.UserIds;
import io.creditrefresh.edge.page.Cursor;
import io.creditrefresh.edge.page.Page;
import io.creditrefresh.edge.page.PageSize;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.Roles;
import io.creditrefresh.ledger.account.Subscriber;
import io.creditrefresh.ledger.store.SubscriberStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Who has done what. */
@Path("/api")
@RolesAllowed({Roles.SUPPORT, Roles.ADMIN})
public class AuditResource {

    private static final byte LIST = 5;

    private final DataSource database;

    AuditResource(DataSource database) {
        this.database = database;
    }

    @GET
    @Path("/admin/audit-log")
    @Operation(summary = "What admins and support have done, newest first: all, or what concerned one user")
    public Page<AuditedDeed> auditLog(
            @Parameter(description = "Whom it concerned") @RestQuery @Nullable String userId,
            @RestQuery @Nullable String cursor,
            @RestQuery @Nullable String limit)
            throws SQLException {
        int size = PageSize.of(limit);
        long before =
                cursor == null ? Long.MAX_VALUE : Cursor.decode(cursor, LIST).first();
        Long subscriberId = userId == null ? null : subscriberId(UserIds.named(userId));
        return Page.of(
                AuditRow.before(before, subscriberId, size + 1),
                size,
                AuditedDeed::of,
                row -> new Cursor(LIST, row.id, 0, 0));
    }

    private long subscriberId(String userId) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return SubscriberStore.find(connection, userId)
                    .map(Subscriber::id)
                    .orElseThrow(ProblemCode.USER_NOT_FOUND::problem);
        }
    }
}
