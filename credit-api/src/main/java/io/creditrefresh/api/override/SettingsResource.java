package io.creditrefresh.api.override;

import com.fasterxml.jackson.databind.JsonNode;
import io.creditrefresh.api.caller.UserIds;
import io.creditrefresh.edge.json.OptionalBody;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.Roles;
import io.creditrefresh.ledger.command.Command;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** How single users are refreshed, apart from what their plan says. */
@Path("/api")
public class SettingsResource {

    private static final String ETAG = "ETag";

    private final UserSettings settings;
    private final AdminCommands commands;
    private final OptionalBody bodies;

    SettingsResource(UserSettings settings, AdminCommands commands, OptionalBody bodies) {
        this.bodies = bodies;
        this.settings = settings;
        this.commands = commands;
    }

    @GET
    @Path("/admin/users/{userId}/refresh-settings")
    @RolesAllowed({Roles.SUPPORT, Roles.ADMIN})
    @Operation(summary = "A user's hold, refresh day and custom amounts")
    @APIResponseSchema(value = RefreshSettingsAnswer.class, responseCode = "200", responseDescription = "OK")
    public RestResponse<RefreshSettingsAnswer> refreshSettings(@RestPath String userId) throws SQLException {
        RefreshSettingsAnswer found = settings.find(UserIds.named(userId));
        return RestResponse.ResponseBuilder.ok(found).header(ETAG, found.tag()).build();
    }

    @PUT
    @Path("/admin/users/{userId}/refresh-settings")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Changes what is named and leaves the rest; released from a hold, a user is refreshed at once")
    @Consumes(MediaType.WILDCARD)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SettingsRequest.class)))
    @APIResponseSchema(value = ChangeAnswer.class, responseCode = "200", responseDescription = "OK")
    @APIResponse(responseCode = "412")
    public RestResponse<ChangeAnswer> changeRefreshSettings(
            @RestPath String userId,
            @RestHeader("If-Match") @Nullable String ifMatch,
            @RestHeader(AdminCommands.KEY) @Nullable String key,
            byte[] bytes)
            throws SQLException {
        JsonNode body = bodies.present(bytes, JsonNode.class);
        if (!body.isObject()) {
            throw ProblemCode.INVALID_REQUEST.problem("the body is not the JSON that is asked for");
        }
        EntityTag.check(ifMatch);
        Command command = commands.about(UserIds.named(userId), "refresh-settings")
                .because(SettingsRequest.reason(body))
                .dryRun(SettingsRequest.isDryRun(body))
                .once(key, body);
        UserSettings.Changed changed = settings.change(command, SettingsRequest.wish(body), ifMatch);
        return RestResponse.ResponseBuilder.ok(changed.answer())
                .header(ETAG, changed.tag())
                .build();
    }
}
