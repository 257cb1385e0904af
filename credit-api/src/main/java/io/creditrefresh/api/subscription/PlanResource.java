package io.creditrefresh.api.subscription;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.creditrefresh.api.caller.Caller;
import io.creditrefresh.api.caller.UserIds;
import io.creditrefresh.api.status.CreditStatus;
import io.creditrefresh.api.write.Bodies;
import io.creditrefresh.api.write.Writes;
import io.creditrefresh.edge.token.Roles;
import io.creditrefresh.ledger.command.Command;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.movement.Deed;
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
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Which plan a user is on, and the credits that it owes them. */
@Path("/api")
public class PlanResource {

    private static final int EMAIL_MAX = 320;

    private final UserPlans plans;
    private final Writes writes;
    private final Caller caller;
    private final ObjectMapper mapper;

    PlanResource(UserPlans plans, Writes writes, Caller caller, ObjectMapper mapper) {
        this.mapper = mapper;
        this.plans = plans;
        this.writes = writes;
        this.caller = caller;
    }

    @POST
    @Path("/provision")
    @RolesAllowed(Roles.SERVICE)
    @Operation(summary = "Brings in a user with their plan's allowance; of a known one, changes the plan")
    public CreditStatus provision(@RestHeader(Writes.KEY) @Nullable String key, ProvisionRequest request)
            throws SQLException {
        String userId = caller.userOf(Bodies.present(request).userId());
        Command command = Command.of(userId, new Cause(caller.actor(), null))
                .onceAs(writes.optional(key, "POST /provision", request));
        return plans.provision(
                command, Bodies.present(request.plan(), "plan"), Bodies.text(request.email(), "email", EMAIL_MAX));
    }

    @POST
    @Path("/admin/users/{userId}/change-plan")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Changes a user's plan now; the balance never gets lower")
    public PlanChangeAnswer changePlan(
            @RestPath String userId, @RestHeader(Writes.KEY) @Nullable String key, ChangePlanRequest request)
            throws SQLException {
        String reason = Bodies.reason(Bodies.present(request).reason());
        Command command = Command.of(UserIds.named(userId), new Cause(caller.actor(), reason))
                .noting(new Deed(caller.actor(), caller.role(), "change-plan", reason))
                .onceAs(writes.optional(key, "POST /change-plan " + userId, request))
                .dryRun(request.isDryRun());
        return plans.changePlan(command, Bodies.present(request.plan(), "plan"));
    }

    @POST
    @Path("/billing/sync-credits")
    @RolesAllowed({Roles.USER, Roles.SERVICE})
    @Operation(summary = "Grants what the user's plan owes them and has not given; lowers nothing")
    @Consumes(MediaType.WILDCARD)
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SyncRequest.class)))
    public SyncAnswer syncCredits(@RestHeader(Writes.KEY) @Nullable String key, byte[] body) throws SQLException {
        SyncRequest sync = SyncRequest.read(body, mapper);
        String userId = caller.userOf(sync.userId());
        return plans.sync(Command.of(userId, new Cause(caller.actor(), null))
                .onceAs(writes.optional(key, "POST /sync-credits " + userId, sync)));
    }
}
