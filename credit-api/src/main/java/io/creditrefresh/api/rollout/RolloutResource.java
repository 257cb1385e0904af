package io.creditrefresh.api.rollout;

import io.creditrefresh.api.caller.Caller;
import io.creditrefresh.api.write.Bodies;
import io.creditrefresh.api.write.Refusals;
import io.creditrefresh.api.write.Writes;
import io.creditrefresh.edge.problem.ProblemCode;
import io.creditrefresh.edge.token.Roles;
import io.creditrefresh.ledger.command.Rollouts;
import io.creditrefresh.ledger.movement.Deed;
import io.creditrefresh.ledger.plan.CreditKind;
import io.creditrefresh.ledger.rollout.Rollout;
import io.creditrefresh.ledger.rollout.View;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Who is in Credits v2. */
@Path("/api")
public class RolloutResource {

    private static final int PERCENTAGE_MAX = 100;

    private final Rollouts rollouts;
    private final Caller caller;
    private final Writes writes;
    private final RolloutReports reports;

    RolloutResource(Rollouts rollouts, Caller caller, Writes writes, RolloutReports reports) {
        this.reports = reports;
        this.rollouts = rollouts;
        this.caller = caller;
        this.writes = writes;
    }

    @GET
    @Path("/admin/rollout")
    @RolesAllowed({Roles.SUPPORT, Roles.ADMIN})
    @Operation(summary = "How far the move to Credits v2 is")
    public RolloutAnswer rollout() throws SQLException {
        return RolloutAnswer.of(rollouts.read());
    }

    @GET
    @Path("/admin/rollout/report")
    @RolesAllowed({Roles.SUPPORT, Roles.ADMIN})
    @Operation(summary = "What spends took in each of the two views, day by day, and in what the views differ")
    public RolloutReport rolloutReport(
            @Parameter(description = "The first day, UTC; 29 days before the last if left out") @RestQuery @Nullable
                    String from,
            @Parameter(description = "The last day, UTC, at most 91 days later; today if left out") @RestQuery @Nullable
                    String to)
            throws SQLException {
        return reports.report(from, to);
    }

    @PUT
    @Path("/admin/rollout")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Lets users into Credits v2, or takes them back; every instance goes by it at once")
    @APIResponseSchema(value = RolloutAnswer.class, responseCode = "200", responseDescription = "OK")
    @APIResponse(responseCode = "409")
    public RolloutAnswer changeRollout(@RestHeader(Writes.KEY) @Nullable String key, RolloutRequest request)
            throws SQLException {
        RolloutRequest body = Bodies.present(request);
        Deed deed = new Deed(caller.actor(), caller.role(), "change-rollout", Bodies.reason(body.reason()));
        return rollouts.change(
                        wish(body),
                        deed,
                        Boolean.TRUE.equals(body.dryRun()),
                        writes.optional(key, "PUT /rollout", body),
                        writes.keeping(RolloutAnswer.class),
                        RolloutAnswer::of)
                .orElseThrow(Refusals::problem);
    }

    private static Rollouts.Wish wish(RolloutRequest body) {
        if (body.percentage() != null && (body.percentage() < 0 || body.percentage() > PERCENTAGE_MAX)) {
            throw ProblemCode.INVALID_REQUEST.problem("percentage is 0 to " + PERCENTAGE_MAX);
        }
        if (Boolean.FALSE.equals(body.closed())) {
            throw ProblemCode.INVALID_REQUEST.problem("closed is true, or absent: a rollout that is closed stays so");
        }
        return new Rollouts.Wish(
                body.global() == null ? Optional.empty() : Optional.of(Optional.of(body.global())),
                Optional.ofNullable(body.percentage()),
                Optional.ofNullable(body.newUsers()),
                prices(body.prices()),
                Boolean.TRUE.equals(body.closed()));
    }

    private static Map<CreditKind, Integer> prices(@Nullable Map<String, @Nullable Integer> prices) {
        Map<CreditKind, Integer> byKind = new EnumMap<>(CreditKind.class);
        if (prices != null) {
            prices.forEach((code, price) -> {
                CreditKind kind = CreditKind.find(code).filter(View.V2::shows).orElse(null);
                if (kind == null || price == null || price < 1 || price > Rollout.PRICE_MAX) {
                    throw ProblemCode.INVALID_REQUEST.problem(
                            "prices are 1 to %d, of analysis and roast".formatted(Rollout.PRICE_MAX));
                }
                byKind.put(kind, price);
            });
        }
        return byKind;
    }
}
