package io.creditrefresh.api.override;

import io.creditrefresh.api.caller.Caller;
import io.creditrefresh.api.write.Bodies;
import io.creditrefresh.api.write.Writes;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.Roles;
import io.creditrefresh.ledger.command.PlanAmounts.Wish;
import io.creditrefresh.ledger.movement.Deed;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.plan.Rollover;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What plans give. */
@Path("/api")
public class PlansResource {

    private static final String ETAG = "ETag";
    private static final long AMOUNT_MAX = 1_000_000_000_000_000L;

    private final PlanEditor editor;
    private final Caller caller;
    private final Writes writes;

    PlansResource(PlanEditor editor, Caller caller, Writes writes) {
        this.writes = writes;
        this.editor = editor;
        this.caller = caller;
    }

    @GET
    @Path("/admin/plans")
    @RolesAllowed({Roles.SUPPORT, Roles.ADMIN})
    @Operation(summary = "What each plan gives now, of each kind")
    @APIResponseSchema(value = PlansAnswer.class, responseCode = "200", responseDescription = "OK")
    public RestResponse<PlansAnswer> plans() throws SQLException {
        return tagged(editor.plans());
    }

    @PUT
    @Path("/admin/plans")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Sets what a plan gives in periods that begin from now on; nobody is owed by it")
    @APIResponseSchema(value = PlansAnswer.class, responseCode = "200", responseDescription = "OK")
    @APIResponse(responseCode = "409")
    @APIResponse(responseCode = "412")
    public RestResponse<PlansAnswer> setPlan(
            @RestHeader("If-Match") @Nullable String ifMatch,
            @RestHeader(Writes.KEY) @Nullable String key,
            PlanRequest request)
            throws SQLException {
        Wish wish = wish(Bodies.present(request));
        EntityTag.check(ifMatch);
        Deed deed = new Deed(caller.actor(), caller.role(), "set-plan-amount", Bodies.reason(request.reason()));
        PlanEditor.Asked asked = new PlanEditor.Asked(
                ifMatch, Boolean.TRUE.equals(request.dryRun()), writes.optional(key, "PUT /plans", request));
        return tagged(editor.set(wish, deed, asked));
    }

    private static RestResponse<PlansAnswer> tagged(PlansAnswer answer) {
        return RestResponse.ResponseBuilder.ok(answer)
                .header(ETAG, answer.tag())
                .build();
    }

    private static Wish wish(PlanRequest request) {
        String plan = Bodies.present(request.plan(), "plan");
        if (!plan.matches("[a-z][a-z0-9_-]{0,31}")) {
            throw ProblemCode.INVALID_REQUEST.problem(
                    "plan has 1 to 32 small letters, digits, hyphens and underscores, and begins with a letter");
        }
        CreditKind kind = request.kind() == null
                ? CreditKind.CREDITS
                : CreditKind.find(request.kind())
                        .orElseThrow(() -> ProblemCode.INVALID_REQUEST.problem("kind is credits, analysis or roast"));
        return new Wish(plan, kind, amount(request.amount(), "amount"), rollover(request));
    }

    private static Optional<Rollover> rollover(PlanRequest request) {
        if (Boolean.TRUE.equals(request.rolloverUnlimited())) {
            if (request.rolloverCap() != null) {
                throw ProblemCode.INVALID_REQUEST.problem("either rolloverCap, or rolloverUnlimited");
            }
            return Optional.of(Rollover.UNLIMITED);
        }
        return request.rolloverCap() == null
                ? Optional.empty()
                : Optional.of(new Rollover(amount(request.rolloverCap(), "rolloverCap")));
    }

    private static long amount(@Nullable Long amount, String name) {
        if (amount == null || amount < 0 || amount > AMOUNT_MAX) {
            throw ProblemCode.INVALID_REQUEST.problem("%s is 0 to %d".formatted(name, AMOUNT_MAX));
        }
        return amount;
    }
}
