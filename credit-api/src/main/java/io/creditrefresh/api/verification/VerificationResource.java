package io.creditrefresh.api.verification;

import io.creditrefresh.api.caller.UserIds;
import io.creditrefresh.api.override.AdminCommands;
import io.creditrefresh.api.override.ChangeAnswer;
import io.creditrefresh.api.write.Bodies;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.Roles;
import io.creditrefresh.ledger.store.VerificationStore.Cause;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Whether everybody's credits are as they must be. */
@Path("/api")
@RolesAllowed({Roles.SUPPORT, Roles.ADMIN})
public class VerificationResource {

    private final VerificationRunner runner;
    private final VerificationSchedule schedule;
    private final Findings findings;
    private final OwedGrants grants;
    private final AdminCommands commands;

    VerificationResource(
            VerificationRunner runner,
            VerificationSchedule schedule,
            Findings findings,
            OwedGrants grants,
            AdminCommands commands) {
        this.grants = grants;
        this.commands = commands;
        this.runner = runner;
        this.schedule = schedule;
        this.findings = findings;
    }

    @GET
    @Path("/admin/credits/verification")
    @Operation(summary = "What the newest verification has found")
    public VerificationAnswer verification(@RestQuery @Nullable String cursor, @RestQuery @Nullable String limit)
            throws SQLException {
        return findings.page(cursor, limit);
    }

    @POST
    @Path("/admin/credits/verification")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Verifies now, and answers when it is done; changes no credits")
    @APIResponseSchema(value = VerificationAnswer.class, responseCode = "200", responseDescription = "OK")
    @APIResponse(responseCode = "409")
    public VerificationAnswer verify() throws SQLException {
        if (!runner.run(Cause.REQUEST)) {
            throw ProblemCode.VERIFICATION_RUNNING.problem();
        }
        schedule.showNewest();
        return findings.page(null, null);
    }

    @POST
    @Path("/admin/credits/verification/grant")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Grants a user what a finding says is owed; nothing, if it is owed no more")
    public ChangeAnswer grantOwed(@RestHeader(AdminCommands.KEY) @Nullable String key, GrantRequest request)
            throws SQLException {
        String userId = Bodies.present(Bodies.present(request).userId(), "userId");
        return grants.grant(commands.about(UserIds.named(userId), "grant-owed")
                .because(request.reason())
                .dryRun(request.dryRun())
                .once(key, request));
    }
}
