package io.creditrefresh.api.plan;

import io.creditrefresh.ledger.command.Rollouts;
import io.creditrefresh.ledger.plan.CreditKind;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Which plans there are and what they give; open to anyone. */
@Path("/api")
@PermitAll
public class ConfigResource {

    private final InstantSource clock;
    private final Rollouts rollouts;

    ConfigResource(InstantSource clock, Rollouts rollouts) {
        this.clock = clock;
        this.rollouts = rollouts;
    }

    @GET
    @Path("/credits/config")
    @Operation(summary = "Whether Credits v2 is on, the kinds of credits, and what each plan gives")
    public CreditsConfig config() throws SQLException {
        Map<String, Map<String, Long>> plans = new TreeMap<>();
        for (PlanAllowanceRow.PlanAmount amount : PlanAllowanceRow.inForceAt(clock.instant())) {
            plans.computeIfAbsent(amount.planCode(), plan -> new TreeMap<>()).put(amount.kind(), amount.amount());
        }
        List<String> kinds =
                Stream.of(CreditKind.values()).map(CreditKind::code).toList();
        return new CreditsConfig(
                rollouts.read().isForAnybody(),
                kinds,
                plans.entrySet().stream()
                        .map(plan -> new CreditsConfig.Plan(plan.getKey(), plan.getValue()))
                        .toList());
    }
}
