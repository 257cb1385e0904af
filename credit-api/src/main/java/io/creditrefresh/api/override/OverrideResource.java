package io.creditrefresh.api.override;

import io.creditrefresh.api.caller.UserIds;
import io.creditrefresh.api.write.Bodies;
import io.creditrefresh.edge.json.OptionalBody;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.Roles;
import io.creditrefresh.ledger.command.Command;
import io.creditrefresh.ledger.override.Adjustment;
import io.creditrefresh.ledger.plan.CreditKind;
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

/** Credits that admins give or take by hand. */
@Path("/api")
@RolesAllowed(Roles.ADMIN)
public class OverrideResource {

    private final UserOverrides overrides;
    private final AdminCommands commands;
    private final OptionalBody bodies;

    OverrideResource(UserOverrides overrides, AdminCommands commands, OptionalBody bodies) {
        this.bodies = bodies;
        this.overrides = overrides;
        this.commands = commands;
    }

    @POST
    @Path("/admin/users/{userId}/refresh-credits")
    @Operation(
            summary = "Refreshes what is due; else fills the allowance up to what the plan gives, and leaves the clock")
    @Consumes(MediaType.WILDCARD)
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = OverrideRequest.class)))
    public ChangeAnswer refreshCredits(
            @RestPath String userId, @RestHeader(AdminCommands.KEY) @Nullable String key, byte[] body)
            throws SQLException {
        OverrideRequest wish = bodies.read(body, OverrideRequest.class, OverrideRequest.EMPTY);
        return overrides.refresh(commands.about(UserIds.named(userId), "refresh-credits")
                .because(wish.reason())
                .dryRun(wish.dryRun())
                .once(key, wish));
    }

    @POST
    @Path("/admin/credits/reset")
    @Operation(summary = "Has a new period begin now, with at least what the plan gives; the bonus stays")
    @Consumes(MediaType.WILDCARD)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ResetRequest.class)))
    public ChangeAnswer reset(@RestHeader(AdminCommands.KEY) @Nullable String key, byte[] body) throws SQLException {
        ResetRequest request = bodies.present(body, ResetRequest.class);
        String userId = Bodies.present(request.userId(), "userId");
        return overrides.reset(commands.about(UserIds.named(userId), "reset")
                .because(request.reason())
                .dryRun(request.dryRun())
                .once(key, request));
    }

    @POST
    @Path("/admin/users/{userId}/adjust-credits")
    @Operation(summary = "Adds to the bonus, or takes from it what it has")
    public ChangeAnswer adjustCredits(
            @RestPath String userId, @RestHeader(AdminCommands.KEY) @Nullable String key, AdjustRequest request)
            throws SQLException {
        Long amount = Bodies.present(request).amount();
        if (amount == null || amount == 0 || amount < -Adjustment.CREDITS_MAX || amount > Adjustment.CREDITS_MAX) {
            throw ProblemCode.INVALID_REQUEST.problem(
                    "amount is 1 to %d, or negative".formatted(Adjustment.CREDITS_MAX));
        }
        Command command = commands.about(UserIds.named(userId), "adjust-credits")
                .because(request.reason())
                .dryRun(request.dryRun())
                .once(key, request);
        return overrides.adjust(command, kind(request.kind()), amount);
    }

    private static CreditKind kind(@Nullable String code) {
        return code == null
                ? CreditKind.CREDITS
                : CreditKind.find(code)
                        .orElseThrow(() -> ProblemCode.INVALID_REQUEST.problem("kind is credits, analysis or roast"));
    }
}
