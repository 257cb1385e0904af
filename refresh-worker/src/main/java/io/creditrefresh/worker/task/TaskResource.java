package io.creditrefresh.worker.task;

import io.creditrefresh.edge.json.OptionalBody;
import io.creditrefresh.edge.token.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;

/** Refreshing at once, in the call. The pipeline does the same by itself: a call that is missed delays nothing. */
@Path("/api/scheduled-tasks")
@RolesAllowed({Roles.SERVICE, Roles.ADMIN})
public class TaskResource {

    private final RefreshPages pages;
    private final DueRetries retries;
    private final Turn turn;
    private final OptionalBody bodies;

    TaskResource(RefreshPages pages, DueRetries retries, Turn turn, OptionalBody bodies) {
        this.pages = pages;
        this.retries = retries;
        this.turn = turn;
        this.bodies = bodies;
    }

    @POST
    @Path("/credit-refresh")
    @Operation(
            summary = "Refreshes one page of due accounts; page by page from cursor to cursor, it gets to all of them")
    @Consumes(MediaType.WILDCARD)
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PageRequest.class)))
    public PageReport refreshPage(byte[] body) throws SQLException, InterruptedException {
        PageRequest request = bodies.read(body, PageRequest.class, PageRequest.EMPTY);
        request.check();
        return turn.take(() -> pages.refresh(request));
    }

    @POST
    @Path("/credit-refresh-worker")
    @Operation(summary = "Tries failed accounts again whose next attempt has come, within limits")
    @Consumes(MediaType.WILDCARD)
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RetryRequest.class)))
    public RetryReport applyRetries(byte[] body) throws SQLException, InterruptedException {
        RetryRequest request = bodies.read(body, RetryRequest.class, RetryRequest.EMPTY);
        request.check();
        return turn.take(() -> retries.apply(request));
    }
}
