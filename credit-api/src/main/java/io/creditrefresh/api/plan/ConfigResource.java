package io.creditrefresh.api.plan;

import io.creditrefresh.ledger.plan.CreditKind;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
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

    ConfigResource(InstantSource clock) {
        this.clock = clock;
    }

    @GET
    @Path("/credits/config")
    @Operation(summary = "Whether Credits v2 is on, the kinds of credits, and what each plan gives")
    public CreditsConfig config() {
        Map<String, Map<String, Long>> plans = new TreeMap<>();
        for (PlanAllowanceRow.PlanAmount amount : PlanAllowanceRow.inForceAt(clock.instant())) {
            plans.computeIfAbsent(amount.planCode(), plan -> new TreeMap<>()).put(amount.kind(), amount.amount());
        }
        List<String> kinds =
                Stream.of(CreditKind.values()).map(CreditKind::code).toList();
        return new CreditsConfig(
                false,
                kinds,
                plans.entrySet().stream()
                        .map(plan -> new CreditsConfig.Plan(plan.getKey(), plan.getValue()))
                        .toList());
    }
}
