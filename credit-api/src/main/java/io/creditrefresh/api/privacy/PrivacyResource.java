package io.creditrefresh.api.privacy;

import io.creditrefresh.api.caller.Caller;
import io.creditrefresh.api.caller.UserIds;
import io.creditrefresh.api.override.AdminCommands;
import io.creditrefresh.api.write.Bodies;
import io.creditrefresh.api.write.Writes;
import io.creditrefresh.edge.token.Roles;
import io.creditrefresh.ledger.command.Anonymisations;
import io.creditrefresh.ledger.command.Command;
import io.creditrefresh.ledger.movement.Deed;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What is kept of single users. */
@Path("/api")
public class PrivacyResource {

    private final Anonymisations anonymisations;
    private final Exports exports;
    private final AdminCommands commands;
    private final Writes writes;
    private final Caller caller;

    PrivacyResource(
            Anonymisations anonymisations, Exports exports, AdminCommands commands, Writes writes, Caller caller) {
        this.anonymisations = anonymisations;
        this.exports = exports;
        this.commands = commands;
        this.writes = writes;
        this.caller = caller;
    }

    @POST
    @Path("/admin/users/{userId}/anonymise")
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary =
                    "Takes away a user's id, address and billing data for good; the ledger stays, under an id that says nothing")
    public AnonymiseAnswer anonymise(
            @RestPath String userId, @RestHeader(AdminCommands.KEY) @Nullable String key, AnonymiseRequest request)
            throws SQLException {
        Command command = commands.about(UserIds.named(userId), "anonymise")
                .because(Bodies.present(request).reason())
                .dryRun(request.dryRun())
                .once(key, request);
        return writes.run(
                command,
                AnonymiseAnswer.class,
                result -> AnonymiseAnswer.of(command.dryRun(), result),
                answers -> anonymisations.anonymise(command, answers));
    }

    @GET
    @Path("/admin/users/{userId}/export")
    @RolesAllowed({Roles.SUPPORT, Roles.ADMIN})
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "All that is kept of a user, as a file; the audit notes who has taken it")
    @APIResponseSchema(value = UserExport.class, responseCode = "200", responseDescription = "OK")
    public RestResponse<StreamingOutput> export(@RestPath String userId) throws SQLException {
        ExportDocument document =
                exports.of(UserIds.named(userId), new Deed(caller.actor(), caller.role(), "export", null));
        return RestResponse.ResponseBuilder.<StreamingOutput>ok(document)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"credits-of-user.json\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
