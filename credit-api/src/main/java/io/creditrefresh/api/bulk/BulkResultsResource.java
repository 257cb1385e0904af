package io.creditrefresh.api.bulk;

import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.Roles;
import io.creditrefresh.ledger.bulk.BulkFate;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.StreamingOutput;
import java.sql.SQLException;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What has become of each account of a job, as a file. */
@Path("/api")
@RolesAllowed({Roles.SUPPORT, Roles.ADMIN})
public class BulkResultsResource {

    private static final String CSV = "text/csv";

    private final BulkOrders orders;
    private final BulkResults results;

    BulkResultsResource(BulkOrders orders, BulkResults results) {
        this.orders = orders;
        this.results = results;
    }

    @GET
    @Path("/admin/bulk-jobs/{id}/results")
    @Produces(CSV)
    @Operation(
            summary = "What has become of each account of a job, as a CSV file (RFC 4180): all, or those of one fate")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = CSV, schema = @Schema(implementation = String.class)))
    public RestResponse<StreamingOutput> bulkResults(
            @RestPath long id,
            @Parameter(description = "One of those that progress counts") @RestQuery @Nullable String fate)
            throws SQLException {
        BulkFate only = fate(fate);
        orders.find(id);
        return RestResponse.ResponseBuilder.<StreamingOutput>ok(out -> results.write(id, only, out))
                .header("Content-Disposition", "attachment; filename=\"bulk-job-%d.csv\"".formatted(id))
                .build();
    }

    private static @Nullable BulkFate fate(@Nullable String code) {
        if (code == null) {
            return null;
        }
        return Arrays.stream(BulkFate.values())
                .filter(fate -> fate.code().equals(code))
                .findFirst()
                .orElseThrow(() -> ProblemCode.INVALID_REQUEST.problem("fate is one of those that progress counts"));
    }
}
