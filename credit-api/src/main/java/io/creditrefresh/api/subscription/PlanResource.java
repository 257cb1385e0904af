package io.creditrefresh.api.subscription;

import io.creditrefresh.api.caller.Caller;
import io.creditrefresh.api.caller.UserIds;
import io.creditrefresh.api.limit.AsksProvider;
import io.creditrefresh.api.override.ChangeAnswer;
import io.creditrefresh.api.status.CreditStatus;
import io.creditrefresh.api.write.Bodies;
import io.creditrefresh.api.write.Writes;
import io.creditrefresh.billing.stripe.StripeEvents;
import io.creditrefresh.edge.json.OptionalBody;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.Roles;
import io.creditrefresh.ledger.command.Command;
import io.creditrefresh.ledger.command.Provisioning.NewCustomer;
import io.creditrefresh.ledger.command.Provisioning.Wish;
import io.creditrefresh.ledger.movement.Cause;
import io.creditrefresh.ledger.movement.Deed;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.Optional;
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
    private static final int CUSTOMER_ID_MAX = 255;

    private final UserPlans plans;
    private final UserSync sync;
    private final Writes writes;
    private final Caller caller;
    private final OptionalBody bodies;

    PlanResource(UserPlans plans, UserSync sync, Writes writes, Caller caller, OptionalBody bodies) {
        this.bodies = bodies;
        this.plans = plans;
        this.sync = sync;
        this.writes = writes;
        this.caller = caller;
    }

    @POST
    @Path("/provision")
    @RolesAllowed(Roles.SERVICE)
    @Operation(summary = "Brings in a user with their plan's allowance; of a known one, changes the plan")
    @Consumes(MediaType.WILDCARD)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = ProvisionRequest.class)))
    public CreditStatus provision(@RestHeader(Writes.KEY) @Nullable String key, byte[] body) throws SQLException {
        ProvisionRequest request = bodies.present(body, ProvisionRequest.class);
        String userId = caller.userOf(request.userId());
        Command command = Command.of(userId, new Cause(caller.actor(), null))
                .onceAs(writes.optional(key, "POST /provision", request));
        return plans.provision(
                command,
                new Wish(
                        Bodies.present(request.plan(), "plan"),
                        Bodies.text(request.email(), "email", EMAIL_MAX),
                        customer(request)));
    }

    @POST
    @Path("/admin/users/{userId}/change-plan")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Changes a user's plan now; the balance never gets lower")
    public ChangeAnswer changePlan(
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
    @AsksProvider
    @RolesAllowed({Roles.USER, Roles.SERVICE, Roles.SUPPORT, Roles.ADMIN})
    @Operation(
            summary =
                    "Asks the billing provider, applies its waiting events, and grants what the user's plan owes and has not given")
    @Consumes(MediaType.WILDCARD)
    @RequestBody(
            required = false,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = SyncRequest.class)))
    public SyncAnswer syncCredits(@RestHeader(Writes.KEY) @Nullable String key, byte[] body) throws SQLException {
        SyncRequest request = bodies.read(body, SyncRequest.class, SyncRequest.EMPTY);
        String named = request.userId();
        boolean isByStaff = named != null && caller.isStaff();
        String userId = named != null && isByStaff ? UserIds.named(named) : caller.userOf(named);
        Command command = Command.of(userId, new Cause(caller.actor(), null))
                .onceAs(writes.optional(key, "POST /sync-credits " + userId, request));
        return sync.sync(
                isByStaff ? command.noting(new Deed(caller.actor(), caller.role(), "sync-credits", null)) : command);
    }

    private static Optional<NewCustomer> customer(ProvisionRequest request) {
        String customerId = Bodies.text(request.billingCustomerId(), "billingCustomerId", CUSTOMER_ID_MAX);
        if (customerId == null) {
            return Optional.empty();
        }
        String provider = request.billingProvider() == null ? StripeEvents.PROVIDER : request.billingProvider();
        if (customerId.isEmpty() || !provider.matches("[a-z][a-z0-9-]{0,31}")) {
            throw ProblemCode.INVALID_REQUEST.problem("billingCustomerId is empty, or billingProvider is none");
        }
        return Optional.of(new NewCustomer(provider, customerId));
    }
}
