package io.creditrefresh.api.bulk;

import io.creditrefresh.api.bulk.BulkOrders.Order;
import io.creditrefresh.api.write.Bodies;
import io.creditrefresh.api.write.Writes;
import io.creditrefresh.edge.json.OptionalBody;
import io.creditrefresh.edge.page.Cursor;
import io.creditrefresh.edge.page.Page;
import io.creditrefresh.edge.page.PageSize;
import io.creditrefresh.edge.token.Roles;
import io.creditrefresh.ledger.store.BulkJobStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Jobs on many accounts. The planner and the workers do them, whatever becomes of this service. */
@Path("/api")
public class BulkResource {

    private static final byte LIST = 'b';
    private static final String JOBS = "/api/admin/bulk-jobs/";

    private final BulkOrders orders;
    private final OptionalBody bodies;
    private final DataSource database;

    BulkResource(BulkOrders orders, OptionalBody bodies, DataSource database) {
        this.orders = orders;
        this.bodies = bodies;
        this.database = database;
    }

    @POST
    @Path("/admin/credits/bulk-refresh")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Begins the manual refresh of many users; a dry run is a job, too, and writes nothing")
    @APIResponse(
            responseCode = "202",
            description = "It has begun",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = BulkJobAnswer.class)))
    @Consumes(MediaType.WILDCARD)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = BulkRefreshRequest.class)))
    public RestResponse<BulkJobAnswer> bulkRefresh(@RestHeader(Writes.KEY) @Nullable String key, byte[] body)
            throws SQLException {
        BulkRefreshRequest wish = bodies.present(body, BulkRefreshRequest.class);
        return begun(
                orders.begin(BulkWishes.of(wish), new Order("bulk-refresh", key, wish, wish.reason(), wish.dryRun())));
    }

    @POST
    @Path("/admin/credits/restore")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Begins to take the refreshes of a range of time back: each once, from the allowance only")
    @APIResponse(
            responseCode = "202",
            description = "It has begun",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = BulkJobAnswer.class)))
    public RestResponse<BulkJobAnswer> restore(@RestHeader(Writes.KEY) @Nullable String key, RestoreRequest request)
            throws SQLException {
        RestoreRequest wish = Bodies.present(request);
        return begun(orders.begin(BulkWishes.of(wish), new Order("restore", key, wish, wish.reason(), wish.dryRun())));
    }

    @GET
    @Path("/admin/bulk-jobs")
    @RolesAllowed({Roles.SUPPORT, Roles.ADMIN})
    @Operation(summary = "Jobs on many accounts, newest first")
    public Page<BulkJobAnswer> bulkJobs(@RestQuery @Nullable String cursor, @RestQuery @Nullable String limit)
            throws SQLException {
        int size = PageSize.of(limit);
        long before =
                cursor == null ? Long.MAX_VALUE : Cursor.decode(cursor, LIST).first();
        try (Connection connection = database.getConnection()) {
            return Page.of(
                    BulkJobStore.page(connection, before, size + 1),
                    size,
                    orders::line,
                    job -> new Cursor(LIST, job.id(), 0, 0));
        }
    }

    @GET
    @Path("/admin/bulk-jobs/{id}")
    @RolesAllowed({Roles.SUPPORT, Roles.ADMIN})
    @Operation(summary = "One job, and how far it is")
    public BulkJobAnswer bulkJob(@RestPath long id) throws SQLException {
        return orders.find(id);
    }

    @POST
    @Path("/admin/bulk-jobs/{id}/cancel")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Has nothing more of a job begin; a batch that is under way is still finished")
    @APIResponseSchema(value = BulkJobAnswer.class, responseCode = "200", responseDescription = "OK")
    @APIResponse(responseCode = "409")
    @Consumes(MediaType.WILDCARD)
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = CancelRequest.class)))
    public BulkJobAnswer cancelBulkJob(@RestPath long id, @RestHeader(Writes.KEY) @Nullable String key, byte[] body)
            throws SQLException {
        CancelRequest wish = bodies.read(body, CancelRequest.class, CancelRequest.EMPTY);
        return orders.cancel(id, new Order("cancel-bulk-job", key, wish, wish.reason(), null));
    }

    private static RestResponse<BulkJobAnswer> begun(BulkJobAnswer answer) {
        return RestResponse.ResponseBuilder.create(RestResponse.Status.ACCEPTED, answer)
                .location(URI.create(JOBS + answer.id()))
                .build();
    }
}
